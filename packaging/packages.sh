# What Debian 12 must have; sourced by run.sh and test.sh.

# To build and to show.
BUILD_PACKAGES="
gcc libc6-dev cmake ninja-build pkg-config scdoc
libsdl2-dev libsdl2-image-dev libsdl2-ttf-dev libpixman-1-dev libfreetype-dev libharfbuzz-dev
libicu-dev libsqlite3-dev libjansson-dev libinih-dev libsodium-dev libvips-dev libseccomp-dev libqrencode-dev
libarchive-dev libxml2-dev libcurl4-openssl-dev libmpv-dev libudev-dev libxcb-randr0-dev unicode-data python3
libavformat-dev libavcodec-dev libavutil-dev libswscale-dev
"

# To test: a second compiler with its sanitizers, the linters, a screen without a screen, Unicode's
# test of line breaks.
TEST_PACKAGES="
clang clang-format clang-tidy cppcheck libcmocka-dev libvips-tools libx11-dev libxext-dev libgl1-mesa-dri
xvfb xauth xdotool xserver-xorg-core xserver-xorg-video-dummy x11-xserver-utils mandoc minisign nginx
openssl sqlite3 python3-jsonschema dosfstools exfatprogs exfat-fuse ntfs-3g ffmpeg
"

# Installs what is missing of the packages named.
install_missing() {
    missing=
    for package in "$@"; do
        dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed ||
            missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    as_root=
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || {
            echo "需要安装软件包，请用 root 运行 (packages are missing, run this as root):$missing" >&2
            return 1
        }
        as_root=sudo
    fi
    echo "正在安装 (installing):$missing"
    $as_root apt-get -q -o DPkg::Lock::Timeout=600 update
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=600 \
        install --no-install-recommends $missing
}
