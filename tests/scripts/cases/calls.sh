# What the scripts answer to a wrong call. Sourced by run.
# shellcheck shell=bash disable=SC2154

test_setup_without_a_group_says_which_there_are() {
    refuses 'name at least one group of packages: build dependencies dist test wordpress' scripts/setup
}

test_setup_with_an_unknown_group_says_which_there_are() {
    for group in nonsense '' ../packages/build dependencies-crates --build; do
        refuses "there is no group \"$group\"" scripts/setup "$group" || return
        refuses "there is no group \"$group\"" scripts/setup build "$group" || return
    done
}

test_scripts_without_arguments_refuse_them() {
    for script in build demo demo-extension demo-network dist dist-common dist-library dist-plugin dist-sbom dist-sums dist-tools install soak \
        test uninstall; do
        refuses "$script: it takes no arguments, but was given: --nonsense" "scripts/$script" --nonsense || return
    done
}

test_scripts_show_their_help() {
    for script in build demo demo-extension demo-network dist dist-common dist-deb dist-library dist-php dist-plugin dist-sbom dist-sums dist-tools \
        glibc-needed install pot release set-version setup soak test test-matrix uninstall; do
        (cd scripts && timeout 20 "./$script" --help <"$work/silence") >"$work/out" 2>&1 || return
        head -n 1 "$work/out" | grep -qE '^[A-Z].*' || { echo "$script: $(cat "$work/out")"; return 1; }
        ! grep -q '^#\|shellcheck' "$work/out" || { echo "$script: $(cat "$work/out")"; return 1; }
    done
}

test_soak_refuses_what_is_no_number_of_seconds() {
    for seconds in soon -1 1.5; do
        refuses 'RUNCLOUD_SOAK_SECONDS must be a number of seconds' env RUNCLOUD_SOAK_SECONDS=$seconds scripts/soak || return
    done
}

test_benchmarks_with_an_unknown_part_say_which_there_are() {
    refuses 'there is no part "nonsense"; there are: calls mapping' benches/run nonsense
}

test_fuzz_refuses_unknown_targets_and_seconds() {
    refuses 'name a target' fuzz/run || return
    refuses 'there is no target "nonsense"' fuzz/run nonsense || return
    refuses '"soon" is not a number of seconds' fuzz/run hosts soon
}

test_the_matrix_and_the_packages_refuse_wrong_calls() {
    refuses '"13" is not the name of a Debian release' scripts/test-matrix 13 || return
    refuses 'name the library' scripts/dist-deb || return
    refuses 'there is no file "nonsense"' scripts/dist-deb nonsense || return
    refuses 'there is no file "nonsense"' scripts/dist-php nonsense || return
    refuses 'name one version' scripts/set-version
}

test_php_scripts_say_how_they_are_called() {
    for call in check-pages.php 'check.php a b' demo-journey.php demo-network.php demo-wordpress.php sbom.php test-summary.php; do
        # shellcheck disable=SC2086 # the words of the call
        refuses 'php ' env -u RUNCLOUD_EXTENSION -u RUNCLOUD_WORDPRESS_DIR php -n scripts/$call || return
    done
}
