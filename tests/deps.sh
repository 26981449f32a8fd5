# SPDX-License-Identifier: Apache-2.0
# Installs the Debian packages given, if any of them is missing. Sourced, not run.

need() {
    missing=
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' ||
            missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    if ! command -v apt-get >/dev/null; then
        echo "This is no Debian or Ubuntu. Install what these Debian packages hold, then use" >&2
        echo "cmake --preset release && cmake --build --preset release:$missing" >&2
        exit 2
    fi
    sudo=
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "As root: apt-get install$missing" >&2
            exit 2
        fi
        sudo=sudo
    fi
    $sudo apt-get update -qq
    # shellcheck disable=SC2086 # a list of words
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
}

need_build() {
    need gcc libc6-dev cmake ninja-build pkg-config libjansson-dev libyaml-dev libpcre2-dev \
        libseccomp-dev "$@"
}
