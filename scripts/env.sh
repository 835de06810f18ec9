# Sourced by the other scripts: where they stand and which programs they use.
# shellcheck shell=bash disable=SC2034

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# rustup puts cargo here without asking the shell to know; Debian keeps php-fpm out of a user's path.
PATH="$PATH:$HOME/.cargo/bin:/usr/sbin:/sbin"
export PATH

target="${CARGO_TARGET_DIR:-target}"
extension="$PWD/modules/runcloud.so"

die() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

have() { command -v "$1" >/dev/null; }

# The PHP that the extension is built for, as in "8.2"; empty when there is none yet.
php_version() {
    if have "${PHP_CONFIG:-php-config}"; then
        "${PHP_CONFIG:-php-config}" --version | cut -d. -f1,2
    elif have "${PHP:-php}"; then
        "${PHP:-php}" -n -r 'echo PHP_MAJOR_VERSION, ".", PHP_MINOR_VERSION, "\n";'
    fi
}

# The php-fpm of that PHP: Debian adds the version to its name, RunCloud and others keep it beside php.
php_fpm() {
    local name
    for name in "${PHP_FPM:-}" "php-fpm$(php_version)" php-fpm; do
        if [ -n "$name" ] && have "$name"; then
            command -v "$name"
            return
        fi
    done
    die "no php-fpm for PHP $(php_version) was found: install it, or name it with PHP_FPM=/path/to/php-fpm"
}

# The version this tree builds, from the one place that sets it.
project_version() { sed -n '/^\[workspace.package\]/,/^\[/s/^version = "\(.*\)"/\1/p' Cargo.toml; }
