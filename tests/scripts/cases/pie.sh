# What PIE asks of a release, as its versions from 1.4 on do: the tag's name in the archive's, the library at the top, composer.json. Sourced by run.
# shellcheck shell=bash disable=SC2154

# pie_name TAG: the archive that PIE looks for under a tag, on this machine and for this PHP. PIE takes the tag as it is written.
pie_name() {
    php -r '
        $ext = json_decode(file_get_contents("composer.json"), flags: JSON_THROW_ON_ERROR)->{"php-ext"};
        $machine = ["x86_64" => "x86_64", "aarch64" => "arm64"][php_uname("m")];
        $php = PHP_MAJOR_VERSION . "." . PHP_MINOR_VERSION;
        $system = PHP_OS_FAMILY;
        $library = str_contains((string) shell_exec("ldd $(command -v ls)"), "musl") ? "musl" : "glibc";
        $build = (PHP_DEBUG ? "-debug" : "") . (PHP_ZTS ? "-zts" : "-nts");
        echo strtolower("php_{$ext->{"extension-name"}}-{$argv[1]}_php$php-$machine-$system-$library$build.tgz");
    ' "$1"
}

test_pie_finds_the_archive_under_the_tag_that_release_sets() {
    clone || return
    cd "$work/clone" || return
    TEST=true scripts/release "$(sed -n '/^\[workspace.package\]/,/^\[/s/^version = "\(.*\)"/\1/p' Cargo.toml)" >"$work/out" || return
    scripts/dist-php "$OLDPWD/modules/runcloud.so" || return
    local name
    name=dist/$(pie_name "$(git describe --tags --exact-match)") || return
    [ -e "$name" ] || { echo "PIE looks for $name; there are" dist/* && return 1; }
    # PHP's own class unpacks it, as PIE does where there is no other program for it.
    php -r '(new PharData($argv[1]))->extractTo($argv[2]);' "$name" "$work/unpacked" || return
    cmp "$work/unpacked/runcloud.so" "$OLDPWD/modules/runcloud.so" || return
    local file
    for file in check.php operating.md README.md LICENSE-MIT LICENSE-APACHE php-stubs/functions.php php-stubs/RunCloud/Client.php; do
        [ -s "$work/unpacked/$file" ] || { echo "$file is missing" && return 1; }
    done
    # Where the folder of the build is there, PIE looks for the library in it.
    [ ! -e "$work/unpacked/scripts" ] || { echo "the archive has a folder scripts" && return 1; }
    # The others hold it too.
    [ "$(tar -tzf dist/runcloud-*-linux-glibc.tar.gz | grep -c '/runcloud.so$')" -eq 1 ] && compgen -G 'dist/php*-runcloud_*.deb' >/dev/null
}

test_pie_tries_the_archive_before_the_source_and_finds_the_build() {
    php -n -r '
        $package = json_decode(file_get_contents("composer.json"), flags: JSON_THROW_ON_ERROR);
        $ext = $package->{"php-ext"};
        $package->type === "php-ext" || exit("the type is $package->type\n");
        $ext->{"download-url-method"} === ["pre-packaged-binary", "composer-default"] || exit("the order is another\n");
        file_exists("{$ext->{"build-path"}}/config.m4") || exit("there is no config.m4 in {$ext->{"build-path"}}\n");
        $ext->{"support-zts"} === false && $ext->{"os-families"} === ["linux"] || exit("it says that it supports more than it does\n");
        // What Debian has for extensions without dependants; PIE writes it into the ini file, and phpenmod takes it from there.
        $ext->priority === 20 || exit("the priority is $ext->priority\n");
        echo "whole";
    ' >"$work/out" || return
    [ "$(cat "$work/out")" = whole ] || { cat "$work/out" && return 1; }
    # The source that PIE downloads is made by git archive: what the build needs is not left out of it.
    git archive HEAD | tar -t >"$work/out" || return
    local file
    for file in scripts/pie/config.m4 scripts/pie/Makefile.frag Cargo.toml Cargo.lock build.rs src/lib.rs; do
        grep -qxF "$file" "$work/out" || { echo "$file is missing" && return 1; }
    done
}

test_pie_refuses_thread_safe_php() {
    command -v phpize >/dev/null || { echo "phpize is not installed" && return 77; }
    local include
    include=$(php-config --include-dir)
    # This PHP's headers, as those of a thread-safe one.
    mkdir -p "$work/zts-pie"
    cp -r "$include" "$work/zts-headers"
    sed -i 's,.*undef ZTS.*,#define ZTS 1,' "$work/zts-headers/main/php_config.h"
    printf '#!/bin/sh\ncase $1 in --include-dir) echo "%s" ;; --includes) php-config --includes | sed "s#%s#%s#g" ;; *) exec php-config "$@" ;; esac\n' \
        "$work/zts-headers" "$include" "$work/zts-headers" >"$work/zts-config"
    chmod +x "$work/zts-config"
    cp scripts/pie/config.m4 scripts/pie/Makefile.frag "$work/zts-pie" && cd "$work/zts-pie" && phpize >/dev/null 2>&1 || return
    fails 'this PHP is thread-safe (ZTS), which the extension does not support' ./configure "--with-php-config=$work/zts-config"
}
