# What setup orders, and what it asks before. Sourced by run, whose stand-ins for apt-get and sudo write down that they were called.
# shellcheck shell=bash disable=SC2154

# other_php: a PHP 8.99 that no package of the system has, with headers, in $work/other. Only its php-config is ever asked.
other_php() {
    mkdir -p "$work/other/bin" "$work/other/include/main"
    touch "$work/other/include/main/php.h"
    cat >"$work/other/bin/php-config" <<TEXT
#!/bin/sh
case \$1 in
--php-binary) echo "$work/other/bin/php" ;;
--include-dir) echo "$work/other/include" ;;
--version) echo 8.99.0 ;;
esac
TEXT
    printf '#!/bin/sh\necho 8.99\n' >"$work/other/bin/php"
    chmod +x "$work"/other/bin/*
}

# without_rust: a machine whose Rust is too old, in $work/old-rust.
without_rust() {
    mkdir -p "$work/old-rust"
    printf '#!/bin/sh\necho cargo 1.0.0\n' >"$work/old-rust/cargo"
    printf '#!/bin/sh\necho "$0 $*" >>"%s/called"\nexit 1\n' "$work" >"$work/old-rust/rustup"
    chmod +x "$work"/old-rust/*
}

# setup_build [VARIABLE=VALUE...]: `scripts/setup build` where nobody can be asked; "called" says what it tried to install.
setup_build() {
    rm -f "$work/called"
    env -u CI -u YES -u PHP -u PHP_CONFIG PATH="$work/bin:$PATH" "$@" scripts/setup build <"$work/silence" >"$work/out" 2>&1
}

test_build_for_a_named_php_with_headers_orders_nothing() {
    other_php
    setup_build PHP_CONFIG="$work/other/bin/php-config" || { cat "$work/out"; return 1; }
    [ ! -e "$work/called" ] || { cat "$work/called"; return 1; }
    [ ! -s "$work/out" ] || { cat "$work/out"; return 1; }
    setup_build PHP="$work/other/bin/php" || { cat "$work/out"; return 1; }
    [ ! -e "$work/called" ] || { cat "$work/called"; return 1; }
}

test_build_for_a_foreign_php_in_the_path_orders_nothing() {
    other_php
    setup_build PATH="$work/other/bin:$work/bin:$PATH" || { cat "$work/out"; return 1; }
    [ ! -e "$work/called" ] || { cat "$work/called"; return 1; }
}

test_build_for_a_php_without_headers_says_so_and_orders_nothing() {
    other_php
    rm "$work/other/include/main/php.h"
    ! setup_build PHP_CONFIG="$work/other/bin/php-config" || return 1
    grep -q "has no headers ($work/other/include/main/php.h)" "$work/out" || { cat "$work/out"; return 1; }
    ! setup_build PHP_CONFIG="$work/nowhere/php-config" || return 1
    grep -q "there is no $work/nowhere/php-config" "$work/out" || { cat "$work/out"; return 1; }
    [ ! -e "$work/called" ] || { cat "$work/called"; return 1; }
}

test_build_brings_no_compiler_where_nobody_can_be_asked() {
    without_rust
    ! setup_build PATH="$work/old-rust:$work/bin:$PATH" || return 1
    grep -q 'this machine lacks: Rust .*YES=1' "$work/out" || { cat "$work/out"; return 1; }
    [ ! -e "$work/called" ] || { cat "$work/called"; return 1; }
}

test_build_brings_a_compiler_when_it_was_allowed() {
    without_rust
    ! setup_build PATH="$work/old-rust:$work/bin:$PATH" YES=1 || return 1
    grep -q 'rustup.*toolchain install' "$work/called" || { cat "$work/out"; return 1; }
}

# At a terminal, which script(1) makes.
test_build_asks_before_it_brings_a_compiler() {
    without_rust
    rm -f "$work/called"
    ! echo n | env -u CI -u YES PATH="$work/old-rust:$work/bin:$PATH" script -qec 'scripts/setup build' /dev/null >"$work/out" 2>&1 || return 1
    grep -q 'Install them?' "$work/out" || { cat "$work/out"; return 1; }
    grep -q 'nothing was installed' "$work/out" || { cat "$work/out"; return 1; }
    [ ! -e "$work/called" ] || { cat "$work/called"; return 1; }
    ! echo y | env -u CI -u YES PATH="$work/old-rust:$work/bin:$PATH" script -qec 'scripts/setup build' /dev/null >"$work/out" 2>&1 || return 1
    grep -q 'rustup.*toolchain install' "$work/called" || { cat "$work/out"; return 1; }
}
