# SPDX-License-Identifier: Apache-2.0
"""The PEP 517 backend behind `pip install .`, and so behind the pre-commit hooks.

It compiles speclint with CMake and packs the program into a wheel as a script. It needs
nothing from PyPI; what it needs of the system it names when that is missing.
"""
import base64
import hashlib
import io
import os
import pathlib
import re
import shutil
import stat
import subprocess
import sysconfig
import tarfile
import tempfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
LISTS = (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")
VERSION = re.search(r"project\(speclint VERSION ([0-9.]+)", LISTS)[1]
NAME = f"speclint-{VERSION}"
METADATA = f"""Metadata-Version: 2.1
Name: speclint
Version: {VERSION}
Summary: {re.search(r'DESCRIPTION "([^"]+)"', LISTS)[1]}
License: Apache-2.0
Requires-Python: >=3.8
"""


def output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False)


def missing_tools(compiler):
    """(what, its Debian packages) for each that is not there."""
    if not shutil.which(compiler[0]):
        yield compiler[0], "gcc libc6-dev"
    else:
        with tempfile.TemporaryDirectory() as folder:
            source = pathlib.Path(folder, "try.c")
            source.write_text("#include <stdio.h>\nint main(void) { return puts(\"\") < 0; }\n")
            if output(*compiler, str(source), "-o", str(source.with_suffix(""))).returncode:
                yield f"{compiler[0]} that can compile a program", "gcc libc6-dev"
    if not shutil.which("ninja") and not shutil.which("make"):
        yield "ninja", "ninja-build"
    for program in "cmake", "pkg-config":
        if not shutil.which(program):
            yield program, program
    for library, package in (("jansson>=", "libjansson-dev"), ("yaml-0.1>=", "libyaml-dev"),
                             ("libpcre2-8>=", "libpcre2-dev"),
                             ("libseccomp>=", "libseccomp-dev")):
        module = re.search(re.escape(library) + r"[0-9.]+", LISTS)[0]
        if not shutil.which("pkg-config") or output(
                "pkg-config", "--exists", module.replace(">=", " >= ")).returncode:
            yield module, package


def check_tools():
    """Ends the build in one sentence when something is missing; pip shows it as it is."""
    missing = list(missing_tools(os.environ.get("CC", "").split() or ["cc"]))
    if missing:
        raise SystemExit("speclint is compiled here, which lacks "
                         + ", ".join(what for what, _ in missing)
                         + "; on Debian or Ubuntu: apt-get install "
                         + " ".join(package for _, package in missing))
    least = re.search(r"cmake_minimum_required\(VERSION ([0-9.]+)", LISTS)[1]
    found = re.search(r"version ([0-9.]+)", output("cmake", "--version").stdout)
    if not found or [int(n) for n in found[1].split(".")] < [int(n) for n in least.split(".")]:
        raise SystemExit(f"speclint is compiled here, which needs cmake {least} or newer; "
                         f"this is cmake {found[1] if found else 'of no version'}")


def compile_program():
    check_tools()
    with tempfile.TemporaryDirectory() as build:
        generator = ["-G", "Ninja"] if shutil.which("ninja") else ["-G", "Unix Makefiles"]
        jobs = str(os.cpu_count() or 1)
        for command in (["cmake", "-S", str(ROOT), "-B", build, *generator,
                         "-DCMAKE_BUILD_TYPE=Release", "-DBUILD_TESTING=OFF"],
                        ["cmake", "--build", build, "--target", "speclint", "--parallel", jobs]):
            if subprocess.run(command, check=False).returncode:
                raise SystemExit("speclint could not be compiled; the lines above say why")
        return pathlib.Path(build, "src", "cli", "speclint").read_bytes()


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    platform = re.sub("[-.]", "_", sysconfig.get_platform())
    tag = f"py3-none-{platform}"
    info = f"{NAME}.dist-info"
    files = {
        f"{NAME}.data/scripts/speclint": compile_program(),
        f"{info}/METADATA": METADATA.encode(),
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nGenerator: speclint {VERSION}\n"
                         f"Root-Is-Purelib: false\nTag: {tag}\n".encode(),
        f"{info}/LICENSE": (ROOT / "LICENSE").read_bytes(),
    }
    record = ""
    for path, content in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        record += f"{path},sha256={digest},{len(content)}\n"
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    wheel = f"{NAME}-{tag}.whl"
    with zipfile.ZipFile(pathlib.Path(wheel_directory, wheel), "w") as archive:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path)
            entry.compress_type = zipfile.ZIP_DEFLATED
            # Without the file type pip takes the mode for absent, and the program would
            # not be executable.
            mode = 0o755 if "/scripts/" in path else 0o644
            entry.external_attr = (stat.S_IFREG | mode) << 16
            archive.writestr(entry, content)
    return wheel


def build_sdist(sdist_directory, config_settings=None):
    def keep(entry):
        if re.search(r"/(\.[^/]*|build|build-[^/]*|dist|__pycache__)$", entry.name):
            return None
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        return entry

    sdist = f"{NAME}.tar.gz"
    with tarfile.open(pathlib.Path(sdist_directory, sdist), "w:gz",
                      format=tarfile.PAX_FORMAT) as archive:
        archive.add(ROOT, NAME, filter=keep)
        entry = tarfile.TarInfo(f"{NAME}/PKG-INFO")
        entry.size = len(METADATA)
        archive.addfile(entry, io.BytesIO(METADATA.encode()))
    return sdist
