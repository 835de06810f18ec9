# Sourced by the other scripts: where they stand and which programs they use.
# shellcheck shell=bash disable=SC2034

set -euo pipefail
script=$(realpath "$0")
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# rustup puts cargo there without telling this shell; Debian keeps php-fpm outside a user's path.
PATH="$PATH:$HOME/.cargo/bin:/usr/sbin:/sbin"
export PATH

target="${CARGO_TARGET_DIR:-target}"
extension="$PWD/modules/runcloud.so"

die() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# The comment at the top of the running script is its help.
help() { sed -n '2,/^$/s/^# \{0,1\}//p' "$script" | sed '/^shellcheck /d'; }

# usage SENTENCE...: ends a script that was called wrongly: says what is wrong, and shows the help.
usage() {
    printf '%s: %s\n\n' "${0##*/}" "$*" >&2
    help >&2
    exit 2
}

# no_arguments ARGUMENT...: for scripts that take none.
no_arguments() { [ $# -eq 0 ] || usage "it takes no arguments, but was given: $*"; }

case "${1:-}" in
    -h | --help)
        help
        exit
        ;;
esac

have() { command -v "$1" >/dev/null; }

# A PHP is named by PHP or by PHP_CONFIG; the other one of the two follows: /usr/bin/php8.4 has /usr/bin/php-config8.4.
if [ -n "${PHP_CONFIG:-}" ] && [ -z "${PHP:-}" ] && have "$PHP_CONFIG"; then
    PHP=$("$PHP_CONFIG" --php-binary)
    export PHP
elif [ -n "${PHP:-}" ] && [ -z "${PHP_CONFIG:-}" ] && have "$PHP"; then
    PHP_CONFIG=$(command -v "$PHP" | sed -E 's,/php([^/]*)$,/php-config\1,')
    export PHP_CONFIG
fi

# The PHP that the extension is built for, as in "8.2"; empty when there is none yet.
php_version() {
    if have "${PHP_CONFIG:-php-config}"; then
        "${PHP_CONFIG:-php-config}" --version | cut -d. -f1,2
    elif have "${PHP:-php}"; then
        "${PHP:-php}" -n -r 'echo PHP_MAJOR_VERSION, ".", PHP_MINOR_VERSION, "\n";'
    fi
}

# The program of that PHP: what php-config names, where there is one.
php_program() {
    if have "${PHP_CONFIG:-php-config}"; then
        "${PHP_CONFIG:-php-config}" --php-binary
    else
        command -v "${PHP:-php}"
    fi
}

# Thread-safe PHP has another module interface, and the extension keeps one client for a process.
refuse_thread_safe() {
    local php
    php=$(php_program)
    "$php" -n -r 'exit(PHP_ZTS);' ||
        die "$php is thread-safe (ZTS), which the extension does not support: use a PHP without thread safety (NTS)," \
            "and name its php-config with PHP_CONFIG=/path/to/php-config"
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

# When the packed commit was made, in seconds: the time of every file in a package, so that the same commit gives the same package.
commit_time() { git log -1 --format=%ct; }

# check_stubs DIRECTORY: a PHP without the extension can load them.
check_stubs() {
    "$(php_program)" -n -r '
        spl_autoload_register(fn ($class) => require "$argv[1]/" . strtr($class, "\\", "/") . ".php");
        require "$argv[1]/functions.php";
        exit(function_exists("runcloud_add_domain") && class_exists("RunCloud\Client") ? 0 : 1);
    ' "$1" || die "the stubs in $1 cannot be loaded"
}
