# Sourced by install and uninstall: the PHP to work on, and where it keeps its modules and ini files. The PHP itself is asked,
# since another one of the same version may keep them elsewhere.
# shellcheck shell=bash disable=SC2034

config=$(command -v "${PHP_CONFIG:-php-config}") ||
    die "there is no ${PHP_CONFIG:-php-config} here: name PHP's own with PHP_CONFIG=/path/to/php-config"
php=${PHP:-$("$config" --php-binary)}
[ -x "$php" ] || php=$(command -v "$php") ||
    die "$config says that its PHP is \"$php\", which cannot be run: name the right one with PHP=/path/to/php"

# The settings of this shell are not those of a service.
unset PHP_INI_SCAN_DIR PHPRC

# ask_php CODE: what this PHP prints for it, with the ini files that it reads.
ask_php() { "$php" -d display_errors=stderr -d log_errors=0 -r "$1" 2>/dev/null; }

version=$(ask_php 'echo PHP_MAJOR_VERSION, ".", PHP_MINOR_VERSION;') || true
[ -n "$version" ] || die "$php does not run; try: $php --version"
[ "$version" = "$("$config" --version | cut -d. -f1,2)" ] ||
    die "$php is PHP $version, but $config belongs to PHP $("$config" --version): name two of the same PHP"
root="${DESTDIR:-}"
directory=$(ask_php 'echo ini_get("extension_dir");')
[[ $directory = /* ]] || directory=$("$config" --extension-dir)
# Several folders are separated by colons; the first one is taken.
scan=$("$php" --ini 2>/dev/null | sed -n 's/^Scan for additional .ini files in: *//p' | sed 's/^(none)$//; s/^:*//; s/:.*//')
debian=no
if [[ $scan =~ ^(/etc/php/[0-9]+\.[0-9]+)/[^/]+/conf\.d/?$ ]] && [ -d "${BASH_REMATCH[1]}/mods-available" ] && have phpenmod; then
    # Debian's way: one file, which phpenmod links for every SAPI
    ini="${BASH_REMATCH[1]}/mods-available/runcloud.ini"
    debian=yes
elif [ -n "$scan" ]; then
    ini="$scan/runcloud.ini"
else
    ini=
fi

# Refuses early, so that nothing is done by half.
need_write_access() {
    local place=$directory
    # A PHP that never had a module may not even have the folder.
    until [ -e "$place" ]; do place=$(dirname "$place"); done
    [ -n "$root" ] || { [ -w "$place" ] && { [ -z "$ini" ] || [ -w "$(dirname "$ini")" ]; }; } ||
            die "$directory${ini:+ and $(dirname "$ini")} can only be written by root: run this as root, for example with sudo"
}

# Debian's links. phpdismod leaves a note that an admin does not want the module, which would keep a package from enabling it later.
enable_for_debian() { [ $debian = no ] || phpenmod -v "$version" runcloud; }
disable_for_debian() {
    [ $debian = yes ] || return 0
    phpdismod -v "$version" runcloud
    rm -f "/var/lib/php/modules/$version"/*/{enabled,disabled}_by_admin/runcloud
}

# The php-fpm of this PHP, when it can be found: beside php, or as Debian calls it.
fpm_of_this_php() {
    local prefix name
    prefix=$("$config" --prefix)
    for name in "${PHP_FPM:-}" "$prefix/sbin/php-fpm$version" "$prefix/sbin/php-fpm" "$(dirname "$php")/../sbin/php-fpm"; do
        if [ -n "$name" ] && [ -x "$name" ] && "$name" -v 2>/dev/null | grep "^PHP $version\." >/dev/null; then
            echo "$name"
            return
        fi
    done
}

# say_reload: PHP-FPM's workers go on with what they have loaded until then.
say_reload() {
    case $php in
        /RunCloud/Packages/*) echo "  systemctl restart $(basename "$(dirname "$(dirname "$php")")")-fpm" ;;
        */lsphp*) echo "  systemctl restart lsws-rc" ;;
        *)
            if [ $debian = yes ]; then
                echo "  systemctl reload php$version-fpm"
            else
                echo "  reload or restart the service of $(fpm_of_this_php | grep . || echo "this PHP's php-fpm")"
            fi
            ;;
    esac
}
