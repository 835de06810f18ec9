# What release writes, refuses and undoes. Sourced by run.
# shellcheck shell=bash disable=SC2154

# announced_clone: a clone whose readme.txt says what is new in 97.0.0.
announced_clone() {
    clone || return
    sed -i 's/^== Changelog ==$/== Changelog ==\n\n= 97.0.0 =\n* Made up by a test./' "$work/clone/wordpress-plugin/readme.txt"
    git -C "$work/clone" commit --quiet --all --message 'What is new'
}

test_release_writes_one_version_everywhere_and_tags_it() {
    announced_clone || return
    cd "$work/clone" || return
    local old
    old=$(sed -n '/^\[workspace.package\]/,/^\[/s/^version = "\(.*\)"/\1/p' Cargo.toml)
    TEST=true scripts/release 97.0.0 >"$work/out" 2>&1 || { cat "$work/out" && return 1; }
    [ "$(git rev-parse '97.0.0^{commit}')" = "$(git rev-parse HEAD)" ] || { echo "the tag is not at the commit" && return 1; }
    [ -z "$(git status --porcelain)" ] || { git status --porcelain && return 1; }
    # These say since when something is there, or stand for any version.
    if git grep -nwF "$old" -- ':!CHANGELOG.md' ':!src' ':!tests' ':!*.lock' |
        grep -v '@since\|MINIMUM_EXTENSION\|stands for\|readme.txt:[0-9]*:= '; then
        echo "these have the old version still" && return 1
    fi
    sed -n '/^## \[Unreleased\]/,/^### /p' CHANGELOG.md | grep -q "^## \[97.0.0\] - 20" || { echo "CHANGELOG.md has no section" && return 1; }
    cargo metadata --locked --offline --no-deps --format-version 1 >/dev/null || return
    # The page check holds every file to Cargo.toml; only the library is an old one here.
    php -n -d "extension=$OLDPWD/modules/runcloud.so" scripts/check-pages.php >"$work/out"
    [ "$(grep '^Version:' "$work/out" | cut -d' ' -f2-5)" = "the built extension has" ] || { cat "$work/out" && return 1; }
    scripts/dist-plugin
}

test_release_tags_the_version_that_the_files_have_already_and_dates_it_once() {
    clone || return
    cd "$work/clone" || return
    local version before
    version=$(sed -n '/^\[workspace.package\]/,/^\[/s/^version = "\(.*\)"/\1/p' Cargo.toml)
    sed -i -E "s/^(## \[$version\]).*/\1/" CHANGELOG.md
    git commit --quiet --all --allow-empty --message 'No day yet'
    TEST=true scripts/release "$version" >"$work/out" 2>&1 || { cat "$work/out" && return 1; }
    grep -q "^## \[$version\] - 20" CHANGELOG.md || { echo "CHANGELOG.md has no day" && return 1; }
    before=$(git rev-parse HEAD)
    git tag --delete "$version" >/dev/null
    TEST=true scripts/release "$version" >"$work/out" 2>&1 || { cat "$work/out" && return 1; }
    [ "$(git rev-parse "$version^{commit}")" = "$before" ] && [ -z "$(git status --porcelain)" ]
}

test_release_changes_nothing_when_the_tests_fail() {
    announced_clone || return
    cd "$work/clone" || return
    local before
    before=$(git rev-parse HEAD)
    fails 'the tests failed, see above: nothing was tagged' env TEST=false scripts/release 97.0.0 || return
    [ "$(git rev-parse HEAD)" = "$before" ] && [ -z "$(git tag)$(git status --porcelain)" ]
}

test_release_refuses_what_is_no_next_version() {
    clone || return
    cd "$work/clone" || return
    fails 'says nothing about 97.0.0' env TEST=true scripts/release 97.0.0 || return
    [ -z "$(git status --porcelain)" ] || return
    fails '0.0.1 is older than' env TEST=true scripts/release 0.0.1 || return
    git tag 97.0.1
    fails 'there is a tag 97.0.1 already' env TEST=true scripts/release 97.0.1 || return
    echo >>README.md
    fails 'there are changes that are not committed' env TEST=true scripts/release 97.0.0 || return
    refuses 'name one version' scripts/release || return
    refuses '"v1.2.3" is not a version such as 1.2.3' scripts/release v1.2.3
}
