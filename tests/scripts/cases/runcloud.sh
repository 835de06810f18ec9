# install-runcloud on a mock-up of a RunCloud server: its folders, with this system's PHP and PHP-FPM behind them. It takes a root
# directory of its own, which only root may make. Sourced by run.
# shellcheck shell=bash disable=SC2154

rc="$work/runcloud-server"
rc_modules=lib/php/extensions/no-debug-non-zts

# rc_at PATH: where a path of the server is kept. /usr is the system's, but for what the mock-up has below /usr/local.
rc_at() { echo "$rc${1/#\/usr\/local\/lsws//lsws}"; }

# rc_php HOME SCAN: a PHP with that home and that folder of ini files.
rc_php() {
    local home
    home=$(rc_at "$1")
    mkdir -p "$home/bin" "$home/sbin" "$home/$rc_modules" "$(rc_at "$2")"
    rc_wrapper "$real_php" "$@" >"$home/bin/php"
    [[ $1 != /RunCloud/* ]] || rc_wrapper "$(PATH="$PATH:/usr/sbin" command -v "php-fpm$real_version")" "$@" >"$home/sbin/php-fpm"
    chmod +x "$home"/*bin/*
}

rc_wrapper() { printf '#!/bin/sh\nPHP_INI_SCAN_DIR=%s exec %s -d extension_dir=%s "$@"\n' "$3" "$1" "$2/$rc_modules"; }

# rc_server: a server with one PHP of the native web servers and one of OpenLiteSpeed, and a release for them in /release.
rc_server() {
    unshare --mount mount --bind /etc /etc 2>"$work/errors" || { cat "$work/errors" && exit 77; }
    [[ $real_php != /usr/local/* ]] || { echo "PHP is in /usr/local, where the mock-up is" && exit 77; }
    rm -rf "$rc"
    trap 'on_server systemctl stop php82rc-fpm' EXIT
    mkdir -p "$rc"/{usr,proc,dev,tmp,run,etc/php82rc/fpm.d,release,mock,lsws}
    for link in bin sbin lib lib64; do [ ! -L "/$link" ] || cp -P "/$link" "$rc/$link"; done
    cp /etc/passwd /etc/group "$rc/etc"
    cp -r /etc/alternatives "$rc/etc" 2>/dev/null || true
    rc_php /RunCloud/Packages/php82rc /etc/php82rc/conf.d
    rc_php /usr/local/lsws/lsphp82 /usr/local/lsws/lsphp82/etc/php/8.2/mods-available
    cat >"$rc/etc/php82rc/php-fpm.conf" <<TEXT
[global]
pid = /run/php82rc.pid
error_log = /tmp/fpm.log
[app]
user = root
listen = /run/php82rc.sock
pm = static
pm.max_children = 1
TEXT
    # There is no systemd in such a folder. This starts and stops the very PHP-FPM that the service would.
    cat >"$rc/mock/systemctl" <<'TEXT'
#!/bin/bash
fpm() { [ -s /run/php82rc.pid ] && kill "$@" "$(cat /run/php82rc.pid)" 2>/dev/null; }
case "$1 ${!#}" in
    "is-active php82rc-fpm") fpm -0 ;;
    "is-active "*) exit 3 ;;
    "start php82rc-fpm" | "restart php82rc-fpm")
        echo "$*" >>/tmp/systemctl.log
        if fpm -TERM; then while fpm -0; do sleep 0.05; done; fi
        [ ! -e /tmp/fpm-cannot-start ] || [ ! -e /etc/php82rc/conf.d/runcloud.ini ] || exit 1
        /RunCloud/Packages/php82rc/sbin/php-fpm --allow-to-run-as-root -D -y /etc/php82rc/php-fpm.conf
        ;;
    "stop php82rc-fpm") fpm -TERM ;;
esac
TEXT
    chmod +x "$rc/mock/systemctl"
    echo '<?php echo phpversion("runcloud") ?: "none";' >"$rc/tmp/version.php"
    rc_release "$extension_file"
}

extension_file="$PWD/modules/runcloud.so"
rc_version=$(sed -n '/^\[workspace.package\]/,/^\[/s/^version = "\(.*\)"/\1/p' Cargo.toml)
rc_release_name="runcloud-$rc_version-php$real_version-$(uname -m)-linux-glibc.tar.gz"

# rc_release LIBRARY: the release's files, in /release.
rc_release() {
    mkdir -p "$work/packed/runcloud"
    cp "$1" "$work/packed/runcloud/runcloud.so"
    tar -czf "$rc/release/$rc_release_name" -C "$work/packed" runcloud
    cp scripts/install-runcloud "$rc/release/"
    (cd "$rc/release" && sha256sum -- *.tar.gz >SHA256SUMS)
}

# on_server COMMAND...: on that server.
on_server() {
    # shellcheck disable=SC2016
    unshare --mount bash -euc 'root=$1; shift
        mount --rbind /usr "$root/usr"; mount --rbind /proc "$root/proc"; mount --rbind /dev "$root/dev"
        mount -t tmpfs none "$root/usr/local"; mkdir "$root/usr/local/lsws"; mount --bind "$root/lsws" "$root/usr/local/lsws"
        exec chroot "$root" env -i PATH=/mock:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root "$@"' bash "$rc" "$@" 9>&- <"${terminal:-$work/no-terminal}"
}
: >"$work/no-terminal"

# installer ARGUMENT...: what it says is in $work/out.
installer() { on_server /release/install-runcloud "$@" >"$work/out" 2>&1; }

fpm_says() { php -n -r 'require "tests/extension/support/FastCgi.php"; require "tests/extension/support/FastCgiCall.php";
    require "tests/extension/support/FastCgiAnswer.php"; echo (new RunCloud\Test\Support\FastCgi($argv[1]))->run("/tmp/version.php")->body;' "$rc/run/php82rc.sock"; }

server_files() { (cd "$rc" && files_of RunCloud lsws etc); }

# expect WHAT COMMAND...: that command says so, or the test ends here.
expect() {
    local said
    said=$("${@:2}" 2>&1) || true
    [ "$said" = "$1" ] || { echo "${*:2}: said \"$said\", not \"$1\"; the installer: $(cat "$work/out")" && exit 1; }
}

test_runclouds_php_has_it_and_loses_it_again() {
    local before installed
    rc_server
    before=$(server_files)
    on_server systemctl start php82rc-fpm
    expect none fpm_says
    installer --yes || { cat "$work/out"; return 1; }
    for php in /RunCloud/Packages/php82rc /usr/local/lsws/lsphp82; do
        expect runcloud bash -c "$(declare -f on_server); work='$work' rc='$rc'; on_server $php/bin/php --ri runcloud | sed -n 2p"
    done
    expect "$rc_version" fpm_says
    installed=$(server_files)
    pid=$(cat "$rc/run/php82rc.pid")
    installer --yes || { cat "$work/out"; return 1; }
    expect 2 grep -c "has runcloud $rc_version already" "$work/out"
    expect "$installed" server_files
    expect "$pid" cat "$rc/run/php82rc.pid"
    installer --uninstall --yes || { cat "$work/out"; return 1; }
    expect "$before" server_files
    expect none fpm_says
}

test_nothing_is_restarted_unasked() {
    rc_server
    on_server systemctl start php82rc-fpm
    installer || { cat "$work/out"; return 1; }
    grep -q '^  systemctl restart php82rc-fpm' "$work/out" || { cat "$work/out"; return 1; }
    expect none fpm_says
}

# At a terminal, which script(1) makes.
test_a_restart_waits_for_consent() {
    rc_server
    on_server systemctl start php82rc-fpm
    { declare -f on_server; declare -p work rc; echo 'terminal=/dev/tty; on_server /release/install-runcloud'; } >"$work/at-terminal"
    echo n | script -qec "bash '$work/at-terminal'" /dev/null >"$work/out" 2>&1 || { cat "$work/out"; return 1; }
    grep -q '^Restart php82rc-fpm now?' "$work/out" || { cat "$work/out"; return 1; }
    expect none fpm_says
    installer --uninstall --no-restart
    echo y | script -qec "bash '$work/at-terminal'" /dev/null >"$work/out" 2>&1 || { cat "$work/out"; return 1; }
    expect "$rc_version" fpm_says
}

test_a_dry_run_changes_nothing() {
    local before
    rc_server
    before=$(server_files)
    installer --dry-run --yes || { cat "$work/out"; return 1; }
    expect 2 grep -c 'would install runcloud' "$work/out"
    expect "$before" server_files
    installer --yes || { cat "$work/out"; return 1; }
    before=$(server_files)
    installer --dry-run --uninstall || { cat "$work/out"; return 1; }
    expect 2 grep -c 'would remove' "$work/out"
    expect "$before" server_files
}

test_a_file_that_was_changed_is_not_installed() {
    local before
    rc_server
    before=$(server_files)
    echo 'and more' >>"$rc/release/$rc_release_name"
    ! installer --yes || return 1
    expect 2 grep -c 'is not the file that SHA256SUMS names' "$work/out"
    rm "$rc/release/SHA256SUMS"
    ! installer --yes || return 1
    grep -q 'there is no SHA256SUMS' "$work/out" || { cat "$work/out"; return 1; }
    expect "$before" server_files
}

test_a_library_that_php_cannot_load_is_not_installed() {
    local before
    rc_server
    before=$(server_files)
    echo 'no library' >"$work/nonsense"
    rc_release "$work/nonsense"
    ! installer --yes || return 1
    expect 2 grep -c 'cannot load runcloud-' "$work/out"
    expect "$before" server_files
}

test_what_fpm_does_not_load_is_undone() {
    local before
    rc_server
    sed -i 's,PHP_INI_SCAN_DIR=[^ ]*,PHP_INI_SCAN_DIR=/tmp,' "$rc/RunCloud/Packages/php82rc/sbin/php-fpm"
    rmdir "$rc/RunCloud/Packages/php82rc/$rc_modules"
    before=$(server_files)
    ! installer --yes || return 1
    grep -q '^php82rc .*everything is as it was' "$work/out" || { cat "$work/out"; return 1; }
    grep -q '^lsphp82 .*has runcloud' "$work/out" || { cat "$work/out"; return 1; }
    installer --uninstall --php lsphp82 || { cat "$work/out"; return 1; }
    expect "$before" server_files
    [ ! -e "$rc/RunCloud/Packages/php82rc/$rc_modules" ] || { echo "the folder stayed"; return 1; }
}

test_an_install_that_is_interrupted_is_undone() {
    local before
    rc_server
    # PHP-FPM is asked when library and ini file are in place.
    sed -i '2i kill -TERM "$(cat /tmp/installer.pid)"' "$rc/RunCloud/Packages/php82rc/sbin/php-fpm"
    before=$(server_files)
    # shellcheck disable=SC2016
    ! on_server bash -c 'echo $$ >/tmp/installer.pid; exec bash /release/install-runcloud --yes' >"$work/out" 2>&1 || return 1
    grep -q 'it was interrupted; php82rc is as it was' "$work/out" || { cat "$work/out"; return 1; }
    expect "$before" server_files
}

test_a_service_that_does_not_come_back_gets_its_old_php() {
    local before
    rc_server
    before=$(cd "$rc" && files_of RunCloud etc)
    on_server systemctl start php82rc-fpm
    touch "$rc/tmp/fpm-cannot-start"
    ! installer --yes || return 1
    grep -q 'php82rc-fpm did not come back' "$work/out" || { cat "$work/out"; return 1; }
    (cd "$rc" && expect "$before" files_of RunCloud etc)
    expect none fpm_says
}

test_an_upgrade_keeps_the_settings() {
    rc_server
    installer || { cat "$work/out"; return 1; }
    echo 'runcloud.timeout = 20' >>"$rc/etc/php82rc/conf.d/runcloud.ini"
    echo 'an older version' >"$rc/RunCloud/Packages/php82rc/$rc_modules/runcloud.so"
    installer || { cat "$work/out"; return 1; }
    expect 20 on_server /RunCloud/Packages/php82rc/bin/php -r 'echo ini_get("runcloud.timeout");'
}

test_what_it_does_not_know_is_left_alone() {
    local before
    rc_server
    echo 'extension=runcloud' >"$rc/etc/php82rc/conf.d/runcloud.ini"
    rc_php /RunCloud/Packages/php83rc /etc/elsewhere/conf.d
    mkdir -p "$rc/RunCloud/Packages/php84rc" "$rc/RunCloud/Packages/nginx-rc/bin"
    before=$(server_files)
    ! installer --yes --php php83rc || return 1
    grep -q '^php83rc .*not RunCloud.s layout; left alone' "$work/out" || { cat "$work/out"; return 1; }
    ! installer --uninstall --yes || return 1
    grep -q '^php82rc .*was not written by install-runcloud; left alone' "$work/out" || { cat "$work/out"; return 1; }
    grep -q '^lsphp82 .*has nothing' "$work/out" || { cat "$work/out"; return 1; }
    expect "$before" server_files
}

test_a_php_without_a_tarball_in_the_release_is_left_alone() {
    local before
    rc_server
    before=$(server_files)
    mv "$rc/release/$rc_release_name" "$rc/release/${rc_release_name/-php$real_version-/-php8.99-}"
    (cd "$rc/release" && sha256sum -- *.tar.gz >SHA256SUMS)
    installer --yes || { cat "$work/out"; return 1; }
    expect 2 grep -c "has no tarball for PHP $real_version on $(uname -m); left alone" "$work/out"
    expect "$before" server_files
}


test_openlitespeeds_php_processes_end_with_its_restart() {
    rc_server
    cp "$(command -v sleep)" "$rc/lsws/lsphp82/bin/lsphp"
    # shellcheck disable=SC2016
    sed -i 's/^case .*/&\n    *" lsws-rc") exit 0 ;;/' "$rc/mock/systemctl"
    # shellcheck disable=SC2016
    on_server bash -euc '/usr/local/lsws/lsphp82/bin/lsphp 20 & old=$!
        /release/install-runcloud --yes
        wait "$old" && exit 1 || [ $? -eq 143 ]' >"$work/out" 2>&1 || { cat "$work/out"; return 1; }
    grep -q '^Restarted lsws-rc' "$work/out" || { cat "$work/out"; return 1; }
}

test_the_installer_refuses_wrong_calls() {
    refuses 'there is no option --nonsense' scripts/install-runcloud --nonsense || return
    refuses '--php needs a name such as php82rc' scripts/install-runcloud --php 8.2 || return
    [ "$(id -u)" -eq 0 ] || return 0
    [ ! -d /RunCloud ] || return 0
    ! scripts/install-runcloud --uninstall >"$work/out" 2>&1 || return 1
    grep -q 'install the release.s .deb' "$work/out" || { cat "$work/out"; return 1; }
}
