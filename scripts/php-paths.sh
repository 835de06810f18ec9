# Sourced by install and uninstall: the PHP that PHP_CONFIG names, and where it keeps its modules and ini files.
# shellcheck shell=bash disable=SC2034

config=$(command -v "${PHP_CONFIG:-php-config}") ||
    die "there is no ${PHP_CONFIG:-php-config} here: name PHP's own with PHP_CONFIG=/path/to/php-config"
php=$("$config" --php-binary)
version=$(php_version)
root="${DESTDIR:-}"
directory=$("$config" --extension-dir)
scan=$("$config" --ini-dir)
debian_ini="/etc/php/$version/mods-available/runcloud.ini"
if [ -d "$(dirname "$debian_ini")" ]; then
    ini=$debian_ini # Debian's way: phpenmod links it for every SAPI
elif [ -n "$scan" ]; then
    ini="${scan%%:*}/runcloud.ini"
else
    ini=
fi

# Refuses early, so that nothing is done by half.
need_write_access() {
    [ -n "$root" ] || { [ -w "$directory" ] && { [ -z "$ini" ] || [ -w "$(dirname "$ini")" ]; }; } ||
            die "$directory${ini:+ and $(dirname "$ini")} can only be written by root: run this as root, for example with sudo"
}

# say_reload: PHP-FPM's workers go on with what they have loaded until then.
say_reload() {
    cat <<TEXT

  systemctl reload php$version-fpm     on Debian and Ubuntu
  systemctl restart php${version/./}rc-fpm   on a RunCloud server
TEXT
}
