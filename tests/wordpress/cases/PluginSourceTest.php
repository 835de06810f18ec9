<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use PhpToken;
use PHPUnit\Framework\TestCase;
use RunCloud\Test\WordPress\Support\PluginSource;

/**
 * Two rules that every line of the plugin keeps: statements are prepared, and what is printed is escaped. WordPress's own coding standard
 * would look after them, but it is not among the packages that these tests can be run with.
 */
final class PluginSourceTest extends TestCase
{
    /** Variables that statements are put together from, prepared or not: never a value. */
    private const PARTS = [
        'network/class-network.php: $list' => 'placeholders',
        'network/class-network.php: $sql' => 'statements of the same class, each looked at here where it is given',
        'store/class-by-hand.php: $list' => 'placeholders',
        'store/class-decisions.php: $list' => 'placeholders, or pairs of them',
        'store/class-domain-list.php: $list' => 'placeholders',
        'store/class-domains.php: $list' => 'placeholders',
        'store/class-domains.php: $set' => 'assignments that the same class has written out, each looked at here where it is given',
        'store/class-history.php: $list' => 'placeholders',
        'store/class-listing.php: $list' => 'placeholders',
        'store/class-listing.php: $order' => 'columns and directions that the same class has written out',
        'store/class-listing.php: $where' => 'a condition with placeholders that the same class has written out',
        'store/class-needs.php: $list' => 'placeholders',
        'store/class-remotes.php: $is_new' => 'a condition on columns alone',
        'store/class-remotes.php: $is_same' => 'a condition on columns alone',
        'store/class-remotes.php: $list' => 'placeholders',
        'store/class-remotes.php: $unseen' => 'a condition with placeholders',
        'store/class-table.php: $column' => 'name of a column in tables.php',
        'store/class-table.php: $definition' => 'definition of a column or key in tables.php',
        'store/class-table.php: $lines' => 'definitions in tables.php',
        'store/class-table.php: $sql' => 'statements of other classes, each looked at here where it is given',
        'store/class-table.php: $table' => 'name of a table in tables.php',
        'sync/class-queue.php: $table' => 'name of a table',
    ];

    /** What the plugin asks of $wpdb. */
    private const WPDB = [
        '->base_prefix', '->blogmeta', '->blogs', '->esc_like(', '->get_blog_prefix(', '->get_col_charset(', '->get_results(', '->get_var(',
        '->last_error', '->last_result', '->prepare(', '->query(', '->send_reads_to_masters(', '->sitemeta', '->suppress_errors(',
    ];

    private const STATEMENTS = '~->(query|get_var|get_row|get_col|get_results)$~';
    private const OTHER_WAYS = '~^(mysqli_\w+|dbDelta|maybe_create_table|maybe_add_column)$|^\$(?!this\b)\w+->(insert|update|delete|replace)$~i';
    private const PARTLY = '~^(\$wpdb->(prepare|query|get_(var|row|col|results))|(Table|self)::(change|first|all|prepare|execute|run|rows|finish))$~';
    private const PRINTING = '~^(v?printf|print_r|var_dump|var_export|debug_\w+|readfile|fpassthru|passthru|system|_ex?|wp_die|header|wp_redirect'
        . '|trigger_error|user_error)$~i';
    private const ESCAPING = '~^(esc_\w+|wp_kses|wp_kses_post|absint)$~';

    public function testEveryStatementIsPrepared(): void
    {
        self::assertSame([], self::each(self::unprepared(...)));
    }

    public function testNoStatementHasAValueInIt(): void
    {
        self::assertSame(array_keys(self::PARTS), self::each(self::parts(...)));
    }

    public function testTheDatabaseIsReachedInNoOtherWay(): void
    {
        // The one exception is method_exists($wpdb, …): some replacements of wpdb read from replicas.
        self::assertSame(['store/class-table.php: ,'], self::each(self::otherWays(...)));
    }

    public function testOptionsAreReadAndWrittenPastTheCaches(): void
    {
        // Those of Ultimate Multisite, which its own code reads and writes in the same way.
        $file = 'um/class-ultimate-multisite.php';
        self::assertSame(
            ["{$file}: delete_network_option", "{$file}: get_network_option", "{$file}: update_network_option"],
            self::each(self::cachedOptions(...))
        );
    }

    public function testWhateverIsPrintedIsEscaped(): void
    {
        self::assertSame([], self::each(self::unescaped(...)));
    }

    /** @return array<string, array{callable(PluginSource): list<string>, string}> A rule, and code that breaks it. */
    public static function breaches(): array
    {
        $cases = [];
        foreach (
            [
                [self::unprepared(...), '$wpdb->query("DELETE FROM t WHERE id = $id");'],
                [self::unprepared(...), '$wpdb->get_row($sql . $wpdb->prepare("%d", 1));'],
                [self::unprepared(...), '$db = $wpdb; $db?->get_results($sql);'],
                [self::parts(...), '$wpdb->prepare("UPDATE t SET a = \'$host\' WHERE b = %s", $b);'],
                [self::parts(...), '$wpdb->get_var($wpdb->prepare("SELECT {$row[\'a\']} FROM t WHERE b = %s", $b));'],
                [self::parts(...), 'Table::change("DELETE FROM {domains} WHERE host = " . esc_sql("a"));'],
                [self::parts(...), 'self::rows("SELECT a FROM {records} WHERE host = \'$host\'");'],
                [self::parts(...), 'self::finish($domain, "state = \'{$domain->state}\'");'],
                [self::otherWays(...), 'dbDelta($sql);'],
                [self::otherWays(...), '$wpdb->update("t", $a, $b);'],
                [self::otherWays(...), '$GLOBALS["wpdb"];'],
                [self::otherWays(...), '$wpdb->dbh;'],
                [self::otherWays(...), '$method = "query"; $wpdb->$method($sql);'],
                [self::cachedOptions(...), 'update_site_option("a", 1);'],
                [self::cachedOptions(...), 'set_site_transient("a", 1);'],
                [self::unescaped(...), 'echo "a";'],
                [self::unescaped(...), 'print $a;'],
                [self::unescaped(...), 'exit($a);'],
                [self::unescaped(...), '?>html<?php'],
                [self::unescaped(...), '?><?= $a ?><?php'],
                [self::unescaped(...), 'printf("%s", $a);'],
                [self::unescaped(...), 'printf("%s %s", esc_html($a), $b);'],
                [self::unescaped(...), 'printf("%s", esc_html($a) . $b);'],
                [self::unescaped(...), 'printf("%s" . $a);'],
                [self::unescaped(...), '_e("a", "b");'],
                [self::unescaped(...), 'wp_die($a);'],
                [self::unescaped(...), 'wp_die(esc_html($a) . $b);'],
                [self::unescaped(...), 'wp_die("", $a);'],
                [self::unescaped(...), 'wp_die("", "", array("response" => $a));'],
                [self::unescaped(...), 'wp_die("", "", array("link_text" => "a"));'],
            ] as [$rule, $code]
        ) {
            $cases[$code] = [$rule, $code];
        }

        return $cases;
    }

    /**
     * @dataProvider breaches
     * @param callable(PluginSource): list<string> $rule
     */
    public function testABreachIsFound(callable $rule, string $code): void
    {
        self::assertNotSame([], $rule(PluginSource::of('breach.php', "<?php {$code}")));
    }

    public function testPreparedStatementsAndEscapedTextsAreNoBreach(): void
    {
        $code = '<?php global $wpdb; $wpdb->query($wpdb->prepare("DELETE FROM {$wpdb->blogs} WHERE a = %d", $id));
            self::finish($domain, "state = %s" . self::MORE, $state); exit;
            wp_die(esc_html($a), "", array("response" => 403)); printf("<p>%s</p>", esc_html($a)); $a = sprintf("%s", $b);';
        $source = PluginSource::of('fine.php', $code);
        foreach ([self::unprepared(...), self::parts(...), self::otherWays(...), self::unescaped(...)] as $rule) {
            self::assertSame([], $rule($source));
        }
    }

    /** @return list<string> */
    private static function unprepared(PluginSource $source): array
    {
        $found = [];
        foreach ($source->calls(self::STATEMENTS) as [, $arguments]) {
            $statement = PluginSource::written($arguments[0]);
            if (preg_match('~^(\$wpdb->|self::)prepare\(~', $statement) !== 1) {
                $found[] = substr($statement, 0, 34);
            }
        }

        return $found;
    }

    /** @return list<string> Variables and calls inside of statements, but for those of $wpdb. */
    private static function parts(PluginSource $source): array
    {
        $found = [];
        foreach ($source->calls(self::PARTLY) as [$name, $arguments]) {
            $statement = $arguments[preg_match('~::finish$~', $name)];
            if (preg_match('~^(\$wpdb->|self::)prepare\(~', PluginSource::written($statement)) === 1) {
                continue;
            }
            foreach ($statement as $at => $token) {
                $isCall = ($statement[$at + 1]->text ?? '') === '(' && $token->is([T_STRING, T_NAME_FULLY_QUALIFIED]);
                if ($token->is(T_VARIABLE) && $token->text !== '$wpdb' || $isCall) {
                    $found[] = $token->text;
                }
            }
        }

        return $found;
    }

    /** @return list<string> */
    private static function otherWays(PluginSource $source): array
    {
        $named = array_filter($source->tokens(), static fn (PhpToken $token): bool => $token->is(T_CONSTANT_ENCAPSED_STRING)
            && preg_match('~^.(wpdb|mysqli|PDO).$~i', $token->text) === 1);

        return [
            ...array_diff($source->usesOf('$wpdb'), self::WPDB),
            ...array_column($source->calls(self::OTHER_WAYS), 0),
            ...array_column($named, 'text'),
        ];
    }

    /** @return list<string> */
    private static function cachedOptions(PluginSource $source): array
    {
        return array_column($source->calls('~^((get|add|update|delete)_((network|site|blog)_)?option|(get|set|delete)_(site_)?transient)$~'), 0);
    }

    /** @return list<string> */
    private static function unescaped(PluginSource $source): array
    {
        $found = [];
        foreach ($source->tokens() as $at => $token) {
            $next = $source->tokens()[$at + 1] ?? null;
            if (
                $token->is([T_ECHO, T_PRINT, T_OPEN_TAG_WITH_ECHO, T_INLINE_HTML])
                || $token->is(T_EXIT) && $next !== null && !in_array($next->text, [';', '?>'], true)
            ) {
                $found[] = $token->text;
            }
        }
        foreach ($source->calls(self::PRINTING) as [$name, $arguments]) {
            foreach ($arguments as $argument) {
                $isNoText = $name === 'wp_die' && preg_match('~^array\([\'"]response[\'"]=>\d+\)$~', PluginSource::written($argument)) === 1;
                if (!$isNoText && (!in_array($name, ['printf', 'wp_die'], true) || !self::isEscaped($argument))) {
                    $found[] = "{$name}: " . PluginSource::written($argument);
                }
            }
        }

        return $found;
    }

    /** @param list<PhpToken> $argument Whether it is one constant text, or one call that escapes. */
    private static function isEscaped(array $argument): bool
    {
        if (count($argument) === 1) {
            return $argument[0]->is(T_CONSTANT_ENCAPSED_STRING);
        }
        $calls = PluginSource::of('', '<?php ' . PluginSource::written($argument) . ';')->calls(self::ESCAPING);
        $whole = $calls === [] ? null : $calls[0][0] . '(' . implode(',', array_map(PluginSource::written(...), $calls[0][1])) . ')';

        return $whole === PluginSource::written($argument);
    }

    /**
     * @param callable(PluginSource): list<string> $rule
     *
     * @return list<string> What it finds in the plugin, each once, with the file's name.
     */
    private static function each(callable $rule): array
    {
        $found = [];
        foreach (PluginSource::all() as $source) {
            array_push($found, ...array_map(static fn (string $what): string => "{$source->name}: {$what}", $rule($source)));
        }
        $found = array_values(array_unique($found));
        sort($found);

        return $found;
    }

    public function testNoClosureIsBoundToAHookAndNoServiceTakesMoreThanFiveArguments(): void
    {
        // Values, which are made with named arguments.
        $values = ['class-domain.php', 'class-facts.php', 'class-observation.php', 'class-result.php'];
        $found = [];
        $folder = dirname(__DIR__, 3) . '/wordpress-plugin/includes';
        foreach (new \RecursiveIteratorIterator(new \RecursiveDirectoryIterator($folder, \FilesystemIterator::SKIP_DOTS)) as $file) {
            $code = (string) file_get_contents((string) $file);
            $name = basename((string) $file);
            if (preg_match('~add_(?:action|filter)\(\s*[^,]+,\s*(?:static\s+)?(?:fn|function)\b~', $code)) {
                $found[] = "{$name}: a closure on a hook";
            }
            preg_match('~function __construct\(([^{]*)\{~', $code, $constructor);
            if (substr_count($constructor[1] ?? '', '$') > 5 && !in_array($name, $values, true)) {
                $found[] = "{$name}: a constructor of more than five arguments";
            }
        }
        self::assertSame([], $found);
    }
}
