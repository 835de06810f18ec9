# What dist promises of its packages: the glibc they need, the Debian package, the plugin's zip, the list of what is inside. Sourced by run.
# shellcheck shell=bash disable=SC2154

# clone: a copy of the committed state in $work/clone, in which a test may commit.
clone() {
    rm -rf "$work/clone"
    git clone --quiet --depth 1 "file://$PWD" "$work/clone"
    git -C "$work/clone" config user.name Tests
    git -C "$work/clone" config user.email tests@example.org
}

# fails SENTENCE COMMAND...: it ends with 1 and says so.
fails() {
    local sentence=$1 status=0
    shift
    "$@" >"$work/out" 2>"$work/errors" || status=$?
    [ $status -eq 1 ] || { echo "$*: status $status, not 1: $(cat "$work/errors")" && return 1; }
    grep -qF -- "$sentence" "$work/errors" || { echo "$*: said $(cat "$work/errors")" && return 1; }
}

test_a_library_that_needs_a_newer_glibc_than_promised_is_refused() {
    # A call of a function that glibc has since 2.34 under this version; the build for this machine has such calls too.
    printf '#include <pthread.h>\nvoid *f(void *p){ pthread_t t; pthread_create(&t, 0, f, p); return p; }\n' >"$work/new.c"
    cc -shared -fPIC -o "$work/new.so" "$work/new.c" || return
    local needed
    needed=$(scripts/glibc-needed "$work/new.so") || return
    if [ "$needed" = 2.2.5 ]; then echo "this system's glibc is older than 2.34" && return 77; fi
    fails "needs glibc $needed, and the release promises 2.27. The symbols that need it: pthread_create." \
        scripts/glibc-needed "$work/new.so" 2.27 || return
    fails 'and the release promises 2.27' scripts/glibc-needed modules/runcloud.so 2.27
}

test_a_library_that_needs_what_was_promised_is_taken() {
    local needed
    needed=$(scripts/glibc-needed modules/runcloud.so) || return
    scripts/glibc-needed modules/runcloud.so "$needed" >/dev/null && scripts/glibc-needed modules/runcloud.so 2.99 >/dev/null
}

test_the_glibc_check_compares_versions_as_numbers() {
    printf '#include <stdio.h>\nint f(void){ return puts("old"); }\n' >"$work/old.c"
    cc -shared -fPIC -o "$work/old.so" "$work/old.c" || return
    # 2.2.5 is older than 2.17, and 2.9 too, though neither sorts so as text.
    scripts/glibc-needed "$work/old.so" 2.17 >/dev/null && scripts/glibc-needed "$work/old.so" 2.9 >/dev/null
}

test_a_library_without_glibc_is_no_library_for_it() {
    printf 'int f(void){ return 1; }\n' >"$work/none.c"
    cc -shared -fPIC -nostdlib -o "$work/none.so" "$work/none.c" || return
    fails 'needs no symbol of glibc' scripts/glibc-needed "$work/none.so"
}

test_the_glibc_check_refuses_wrong_calls() {
    refuses 'name one library' scripts/glibc-needed || return
    refuses 'there is no file "nonsense"' scripts/glibc-needed nonsense || return
    refuses '"new" is not a version of glibc' scripts/glibc-needed modules/runcloud.so new
}

test_thread_safe_php_is_refused() {
    mkdir -p "$work/zts"
    # A PHP that says of itself that it is thread-safe, and is like the real one in all else.
    printf '#!/bin/sh\ncase "$*" in *PHP_ZTS*) exit 1 ;; esac\nexec "%s" "$@"\n' "$(command -v "${PHP:-php}")" >"$work/zts/php"
    printf '#!/bin/sh\n[ "$1" != --php-binary ] || { echo "%s/php"; exit; }\nexec "%s" "$@"\n' "$work/zts" "$(command -v "${PHP_CONFIG:-php-config}")" \
        >"$work/zts/php-config"
    chmod +x "$work"/zts/*
    for script in build dist-library dist-php; do
        fails "$work/zts/php is thread-safe (ZTS), which the extension does not support" \
            env PHP= PHP_CONFIG="$work/zts/php-config" "scripts/$script" || return
    done
}

test_the_list_of_parts_names_what_is_linked_in_and_nothing_of_the_tests() {
    scripts/dist-sbom >"$work/sbom.json" || return
    php -n -r '
        $list = json_decode(file_get_contents($argv[1]), true, flags: JSON_THROW_ON_ERROR);
        $names = array_column($list["components"], "version", "name");
        foreach (["reqwest", "rustls", "ring", "ext-php-rs", "rust-std", "public-suffix-list"] as $name) {
            isset($names[$name]) || exit("$name is missing\n");
        }
        foreach (["proptest", "runcloud-simulator", "bindgen", "cc"] as $name) {
            !isset($names[$name]) || exit("$name is listed\n");
        }
        foreach ($list["components"] as $part) {
            ($part["licenses"][0]["expression"] ?? "") !== "" || exit("{$part["name"]} has no licence\n");
            !isset($part["purl"]) || isset($part["hashes"]) || exit("{$part["name"]} has no checksum\n");
        }
        $known = ["runcloud", ...array_column($list["components"], "bom-ref")];
        foreach ($list["dependencies"] as $node) {
            array_diff($node["dependsOn"], $known) === [] || exit("{$node["ref"]} depends on what is not listed\n");
        }
        echo "whole";
    ' "$work/sbom.json" >"$work/out" || return
    [ "$(cat "$work/out")" = whole ] || { cat "$work/out" && return 1; }
}

# Whoever installs from source downloads all of it; git keeps a large file for ever.
test_no_file_of_the_source_is_large() {
    local large
    large=$(git ls-tree -r -l HEAD | awk '$4 > 1024 * 1024 { print $4, $5 }')
    [ -z "$large" ] || { echo "committed by mistake? $large" && return 1; }
}

test_the_plugins_zip_has_one_folder_and_the_directorys_files() {
    clone || return
    (cd "$work/clone" && scripts/dist-plugin) || return
    unzip -Z1 "$work"/clone/dist/domain-sync-for-runcloud-*.zip >"$work/out" || return
    ! grep -v '^domain-sync-for-runcloud/' "$work/out" || return
    grep -qx domain-sync-for-runcloud/readme.txt "$work/out" && grep -qx domain-sync-for-runcloud/domain-sync-for-runcloud.php "$work/out" || return
    # Everything of the plugin is in it.
    [ "$(git ls-files wordpress-plugin | wc -l)" -eq "$(grep -vc '/$' "$work/out")" ]
}

test_what_wordpress_org_refuses_is_not_packed() {
    clone || return
    cd "$work/clone" || return
    touch wordpress-plugin/includes/helper.sh
    git add . && git commit --quiet -m helper || return
    fails 'domain-sync-for-runcloud/includes/helper.sh' scripts/dist-plugin || return
    git rm --quiet -f wordpress-plugin/includes/helper.sh
    mkdir -p wordpress-plugin/assets/.cache && touch wordpress-plugin/assets/.cache/index.php
    git add -f . && git commit --quiet -m hidden || return
    fails 'domain-sync-for-runcloud/assets/.cache' scripts/dist-plugin || return
    git reset --quiet --hard HEAD~1
    git rm --quiet -f wordpress-plugin/includes/helper.sh
    sed -i 's/^Stable tag: .*/Stable tag: 9.9.9/' wordpress-plugin/readme.txt
    git commit --quiet -am tag || return
    fails 'the stable tag in readme.txt is not' scripts/dist-plugin
}

# in_a_system COMMAND: bash runs it as root on this machine's own system, in a copy that is thrown away.
in_a_system() {
    mkdir -p "$work/layer"
    # The copy's layers are in memory: an overlay cannot stand on another one.
    unshare --mount --pid --fork bash -e -c '
        mount -t tmpfs none "$1/layer"
        mkdir "$1/layer/upper" "$1/layer/work" "$1/layer/root"
        mount -t overlay overlay -o "lowerdir=/,upperdir=$1/layer/upper,workdir=$1/layer/work" "$1/layer/root"
        mount -t proc proc "$1/layer/root/proc"
        mkdir -p "$1/layer/root$1"
        cp "$1"/*.deb "$1/layer/root/package.deb"
        # No service is started or stopped by the packages.
        printf "#!/bin/sh\necho \"\$@\" >>/services\nexit 101\n" >"$1/layer/root/usr/sbin/policy-rc.d"
        chmod +x "$1/layer/root/usr/sbin/policy-rc.d"
        exec chroot "$1/layer/root" bash -e -o pipefail -c "$2"
    ' bash "$work" "$1"
}

# debian_package: packs this build, and skips where this system is not one for it.
debian_package() {
    dpkg -s "php$real_version-common" >/dev/null 2>&1 || { echo "this system's PHP is not Debian's" && return 77; }
    unshare --mount mount -t tmpfs none "$work" 2>"$work/errors" || { cat "$work/errors" && return 77; }
    ! php -m | grep -x runcloud >/dev/null || { echo "the extension is installed in this system's PHP" && return 77; }
    mkdir -p dist && scripts/dist-deb modules/runcloud.so && cp dist/php"$real_version"-runcloud_*.deb "$work/"
}

test_the_debian_package_is_enabled_upgraded_and_removed_without_a_trace() {
    debian_package || return
    in_a_system '
        export DEBIAN_FRONTEND=noninteractive
        traces() { find /etc/php /var/lib/php/modules /usr/lib/php /usr/share/doc -name "*runcloud*" 2>/dev/null; }
        # absent WORDS WHEN: PHP says none of them.
        absent() { if php -m 2>&1 | grep -i "$1"; then echo "PHP says this $2"; exit 1; fi; }

        dpkg -i /package.deb >/dev/null
        php -m | grep -x runcloud >/dev/null || { echo "not loaded after the installation"; exit 1; }
        absent warning "after the installation"
        if [ -e /usr/sbin/php-fpm'"$real_version"' ]; then
            php-fpm'"$real_version"' -m | grep -x runcloud >/dev/null || { echo "not loaded by FPM"; exit 1; }
            grep -q "php'"$real_version"'-fpm .*restart" /services || { echo "FPM was not restarted: $(cat /services)"; exit 1; }
        fi

        echo "runcloud.timeout = 20" >>/etc/php/'"$real_version"'/mods-available/runcloud.ini
        dpkg -i /package.deb >/dev/null
        [ "$(php -r "echo ini_get(\"runcloud.timeout\");")" = 20 ] || { echo "the upgrade lost a setting"; exit 1; }

        phpdismod runcloud
        dpkg -i /package.deb >/dev/null
        absent runcloud "after the upgrade, although the admin had disabled it"
        phpenmod runcloud

        dpkg -r php'"$real_version"'-runcloud >/dev/null
        absent "runcloud\|warning" "after the removal"
        [ -e /etc/php/'"$real_version"'/mods-available/runcloud.ini ] || { echo "remove took the settings"; exit 1; }
        dpkg -i /package.deb >/dev/null
        php -m | grep -x runcloud >/dev/null || { echo "not loaded when installed again"; exit 1; }

        dpkg -P php'"$real_version"'-runcloud >/dev/null
        absent "runcloud\|warning" "after the purge"
        [ -z "$(traces)" ] || { echo "left: $(traces)"; exit 1; }
    '
}
