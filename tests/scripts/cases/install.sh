# What install and uninstall do to a PHP of its own folders, and to the system's. Sourced by run.
# shellcheck shell=bash disable=SC2154

real_php=$(command -v "${PHP:-php}")
real_version=$("$real_php" -n -r 'echo PHP_MAJOR_VERSION, ".", PHP_MINOR_VERSION;')

# own_php: a second PHP of the system's version in $work/php, with folders of its own, as one that somebody compiled.
# Its FPM reads the folder that $1 names, the same one unless given.
own_php() {
    rm -rf "$work/php"
    mkdir -p "$work/php/bin" "$work/php/sbin" "$work/php/modules" "$work/php/conf.d" "$work/php/fpm.d"
    local run='#!/bin/sh\nPHP_INI_SCAN_DIR="%s" exec "%s" -d extension_dir="%s" "$@"\n'
    # shellcheck disable=SC2059
    {
        printf "$run" "$work/php/conf.d" "$real_php" "$work/php/modules" >"$work/php/bin/php"
        printf "$run" "$work/php/${1:-conf.d}" "$(PATH="$PATH:/usr/sbin" command -v "php-fpm$real_version")" "$work/php/modules" >"$work/php/sbin/php-fpm"
    }
    cat >"$work/php/bin/php-config" <<TEXT
#!/bin/sh
case \$1 in
--prefix) echo "$work/php" ;;
--php-binary) echo "$work/php/bin/php" ;;
--extension-dir) echo "$work/php/modules" ;;
--ini-dir) echo "$work/php/conf.d" ;;
--version) "$real_php" -n -r 'echo PHP_VERSION;' ;;
esac
TEXT
    chmod +x "$work"/php/bin/* "$work"/php/sbin/*
}

# install_own, uninstall_own [VARIABLE=VALUE...]: for that PHP.
install_own() { env "$@" PHP_CONFIG="$work/php/bin/php-config" scripts/install >"$work/out" 2>&1; }
uninstall_own() { env "$@" PHP_CONFIG="$work/php/bin/php-config" scripts/uninstall >"$work/out" 2>&1; }

# files_of DIRECTORY...: what is there, to be compared.
files_of() { find "$@" \( -type f -exec sha256sum {} + \) -o \( -type l -printf '%p -> %l\n' \) | LC_ALL=C sort; }

# on_a_copy COMMAND...: with copies in place of what phpenmod changes, and of the directory of modules.
on_a_copy() {
    local modules directory
    modules=$("$real_php" -n -r 'echo PHP_EXTENSION_DIR;')
    [ -d "/etc/php/$real_version/mods-available" ] || { echo "this system's PHP is not Debian's" && return 77; }
    unshare --mount mount --bind /etc /etc 2>"$work/errors" || { cat "$work/errors" && return 77; }
    rm -rf "$work/system"
    for directory in /etc/php /var/lib/php/modules "$modules"; do
        mkdir -p "$work/system$directory"
        cp -a "$directory/." "$work/system$directory/"
        # What an install of the person who runs this has left is no part of the test.
        find "$work/system$directory" -name '*runcloud*' -delete
    done
    unshare --mount bash -euc 'for directory; do [ "$directory" != -- ] || break; mount --bind "$0$directory" "$directory"; shift; done
        shift; exec "$@"' "$work/system" /etc/php /var/lib/php/modules "$modules" -- "$@"
}

test_uninstall_removes_what_install_put_there() {
    own_php
    install_own || { cat "$work/out"; return 1; }
    "$work/php/bin/php" -m | grep -x runcloud >/dev/null || { echo "PHP does not load it"; return 1; }
    uninstall_own || { cat "$work/out"; return 1; }
    [ -z "$(find "$work/php/modules" "$work/php/conf.d" -type f)" ] || { find "$work/php"; return 1; }
    ! "$work/php/bin/php" -m 2>&1 | grep -i 'runcloud\|warning'
}

test_a_php_that_never_had_a_module_gets_the_folder() {
    own_php
    rmdir "$work/php/modules"
    install_own || { cat "$work/out"; return 1; }
    "$work/php/bin/php" -m | grep -x runcloud >/dev/null || { echo "PHP does not load it"; return 1; }
    own_php fpm.d
    rmdir "$work/php/modules"
    ! install_own || return 1
    [ ! -e "$work/php/modules" ] || { echo "the folder stayed"; return 1; }
}

test_install_over_an_older_version_keeps_the_settings() {
    own_php
    install_own || { cat "$work/out"; return 1; }
    echo 'runcloud.timeout = 20' >>"$work/php/conf.d/runcloud.ini"
    echo 'an older version' >"$work/php/modules/runcloud.so"
    install_own || { cat "$work/out"; return 1; }
    "$work/php/bin/php" -r 'exit(ini_get("runcloud.timeout") === "20" ? 0 : 1);'
}

test_uninstall_of_what_is_not_there_says_so() {
    own_php
    uninstall_own || { cat "$work/out"; return 1; }
    grep -q 'nothing to remove' "$work/out"
}

test_a_staged_copy_is_removed_from_the_stage() {
    own_php
    install_own DESTDIR="$work/stage" || { cat "$work/out"; return 1; }
    [ "$(find "$work/stage" -type f | wc -l)" -eq 2 ] || { find "$work/stage"; return 1; }
    uninstall_own DESTDIR="$work/stage" || { cat "$work/out"; return 1; }
    [ -z "$(find "$work/stage" -type f)" ]
}

test_a_second_php_of_the_same_version_is_not_taken_for_debians() {
    own_php
    # shellcheck disable=SC2016
    on_a_copy bash -euc '
        PHP_CONFIG="$1/php/bin/php-config" scripts/install
        "$1/php/bin/php" -m | grep -x runcloud >/dev/null || { echo "the second PHP does not load it"; exit 1; }
        ! find /etc/php -name "*runcloud*" | grep . || exit 1
        ! "$2" -m 2>&1 | grep -i "runcloud\|warning"' bash "$work" "$real_php"
}

test_debians_php_has_it_in_every_sapi_and_loses_it_again() {
    # shellcheck disable=SC2016
    on_a_copy bash -euc '
        before=$(find /etc/php /var/lib/php/modules "$3" -not -type d | sort)
        env -u PHP_CONFIG scripts/install
        "$1" -m | grep -x runcloud >/dev/null
        "php-fpm$2" -m | grep -x runcloud >/dev/null
        env -u PHP_CONFIG scripts/uninstall
        ! "$1" -m 2>&1 | grep -i "runcloud\|warning"
        diff <(echo "$before") <(find /etc/php /var/lib/php/modules "$3" -not -type d | sort)
    ' bash "$real_php" "$real_version" "$("$real_php" -n -r 'echo PHP_EXTENSION_DIR;')"
}

test_a_failed_install_leaves_nothing() {
    own_php fpm.d
    ! install_own || { echo "it did not see that FPM reads another folder"; return 1; }
    grep -q 'everything is as it was' "$work/out" || { cat "$work/out"; return 1; }
    [ -z "$(find "$work/php/modules" "$work/php/conf.d" -type f)" ] || { find "$work/php"; return 1; }
}

test_an_install_that_is_interrupted_leaves_nothing() {
    own_php
    # PHP-FPM is asked when library and ini file are in place.
    sed -i "2i [ \"\$1\" != -m ] || kill -TERM \"\$(cat '$work/pid')\"" "$work/php/sbin/php-fpm"
    # shellcheck disable=SC2016
    ! PHP_CONFIG="$work/php/bin/php-config" bash -c 'echo $$ >"$1"; exec scripts/install' bash "$work/pid" >"$work/out" 2>&1 || return 1
    grep -q 'everything is as it was' "$work/out" || { cat "$work/out"; return 1; }
    [ -z "$(find "$work/php/modules" "$work/php/conf.d" -type f)" ] || { find "$work/php"; return 1; }
}

test_a_failed_upgrade_leaves_the_older_version() {
    own_php fpm.d
    echo 'an older version' >"$work/php/modules/runcloud.so"
    printf 'extension=runcloud\nruncloud.timeout=20\n' >"$work/php/conf.d/runcloud.ini"
    local before
    before=$(files_of "$work/php")
    ! install_own || return 1
    diff <(echo "$before") <(files_of "$work/php")
}

test_a_failed_install_into_debians_php_leaves_nothing() {
    # PHP-FPM has no folder of ini files any more, so phpenmod links for the command line only.
    # shellcheck disable=SC2016
    on_a_copy bash -euc '
        rm -rf "/etc/php/$2/fpm/conf.d"
        before=$(find /etc/php /var/lib/php/modules "$3" -not -type d | sort)
        ! env -u PHP_CONFIG scripts/install || exit 1
        diff <(echo "$before") <(find /etc/php /var/lib/php/modules "$3" -not -type d | sort)
    ' bash "$real_php" "$real_version" "$("$real_php" -n -r 'echo PHP_EXTENSION_DIR;')"
}

test_install_refuses_two_names_of_different_phps() {
    own_php
    sed -i 's/--version) .*/--version) echo 8.99.0 ;;/' "$work/php/bin/php-config"
    ! install_own || return 1
    grep -q 'name two of the same PHP' "$work/out" || { cat "$work/out"; return 1; }
    [ -z "$(find "$work/php/modules" "$work/php/conf.d" -type f)" ]
}

test_the_settings_of_the_shell_do_not_decide_where_the_ini_goes() {
    own_php
    install_own PHP_INI_SCAN_DIR="$work/php/fpm.d" || { cat "$work/out"; return 1; }
    [ -e "$work/php/conf.d/runcloud.ini" ]
}
