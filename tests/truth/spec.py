# SPDX-License-Identifier: Apache-2.0
"""Changes a config.json in place: spec.py FILE CHANGE..."""
import json
import sys

IDS = [{"containerID": 0, "hostID": 100000, "size": 65536}]


def without(spec, kind):
    spaces = spec["linux"]["namespaces"]
    spec["linux"]["namespaces"] = [n for n in spaces if n["type"] != kind]


def change(spec, word):
    linux = spec["linux"]
    if word == "true":
        spec["process"]["terminal"] = False
        spec["process"]["args"] = ["/bin/true"]
    elif word == "no-network":
        without(spec, "network")
    elif word == "user":
        linux["namespaces"].append({"type": "user"})
        linux["uidMappings"] = linux["gidMappings"] = IDS
    elif word.startswith("mounts="):
        # As many harmless mounts.
        count = int(word.partition("=")[2])
        spec["mounts"] += [
            {"destination": f"/many/{i}", "type": "tmpfs", "source": "tmpfs"}
            for i in range(count)
        ]
    elif word.startswith("mount="):
        spec["mounts"].append(json.loads(word.partition("=")[2]))
    elif word.startswith("args="):
        spec["process"]["args"] = word.partition("=")[2].split()
    elif word.startswith("capability="):
        for names in spec["process"]["capabilities"].values():
            names.append(word.partition("=")[2])
    elif word.startswith("forbid="):
        # A seccomp filter that lets all through but these: forbid=ERRNO,NAME,...
        errno, *names = word.partition("=")[2].split(",")
        linux["seccomp"] = {
            "defaultAction": "SCMP_ACT_ALLOW",
            "syscalls": [
                {"names": names, "action": "SCMP_ACT_ERRNO", "errnoRet": int(errno)}
            ],
        }
    else:
        sys.exit(f"no such change: {word}")


path, *words = sys.argv[1:]
with open(path) as file:
    document = json.load(file)
for word in words:
    change(document, word)
with open(path, "w") as file:
    json.dump(document, file, indent="\t")
    file.write("\n")
