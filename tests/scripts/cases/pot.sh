# The plugin's translations. Sourced by run.
# shellcheck shell=bash disable=SC2154

test_pot_with_an_unknown_option_writes_nothing() {
    refuses 'there is no option "--nonsense"' scripts/pot --nonsense
}

# In a copy, so that nothing here changes: a text that is new is missing in the template, and scripts/pot puts it there.
test_pot_says_what_is_out_of_date_and_mends_it() {
    command -v xgettext >/dev/null || return 0
    mkdir -p "$work/copy"
    cp -r scripts wordpress-plugin "$work/copy/"
    local pot="$work/copy/wordpress-plugin/languages/domain-sync-for-runcloud.pot"
    "$work/copy/scripts/pot" --check || { echo 'out of date before anything was changed'; return 1; }
    # shellcheck disable=SC2016
    echo '<?php __( "A text that nobody has.", "domain-sync-for-runcloud" );' >"$work/copy/wordpress-plugin/includes/new.php"
    ! "$work/copy/scripts/pot" --check >"$work/out" || { echo 'a new text was not noticed'; return 1; }
    grep -q 'domain-sync-for-runcloud.pot is out of date: run scripts/pot' "$work/out" || return
    ! grep -q 'A text that nobody has' "$pot" || { echo '--check wrote the template'; return 1; }
    "$work/copy/scripts/pot" && "$work/copy/scripts/pot" --check && grep -q 'A text that nobody has' "$pot"
}
