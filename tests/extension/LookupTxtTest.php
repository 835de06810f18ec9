<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\DnsAnswer;
use RunCloud\Exception\ConfigurationException;
use RunCloud\Test\Support\ExtensionTestCase;
use RunCloud\Test\Support\Php;
use RunCloud\Test\Support\SmallWorld;

/**
 * Texts as PHP sees them. Every outcome is tried in tests/inspect.
 */
final class LookupTxtTest extends ExtensionTestCase
{
    public function testEachNameHasItsAnswerAsItWasGivenAndInOrder(): void
    {
        $world = new SmallWorld([
            'zones' => ['example.com' => ['servers' => ['127.0.1.1']], 'xn--bcher-kva.example' => ['servers' => ['127.0.1.2']]],
            'records' => [
                '_domain-sync.shop.example.com TXT' => ['proof', '"two" " strings"', str_repeat('long', 150), '"no \255 UTF-8"'],
                '_domain-sync.www.example.com CNAME' => ['_domain-sync.xn--bcher-kva.example'],
                '_domain-sync.xn--bcher-kva.example TXT' => ["\u{fc}"],
                'shop.example.com TXT' => ['of the host'],
            ],
            'faults' => [
                '_domain-sync.a.example.com TXT' => 'refused',
                '_domain-sync.b.example.com TXT' => 'server-failure',
                'resolver _domain-sync.xn--bcher-kva.example TXT' => 'lame',
            ],
        ]);
        $names = [
            '_Domain-Sync.Shop.Example.com.', '_domain-sync.www.example.com', '_domain-sync.bücher.example', '_domain-sync.a.example.com',
            '_domain-sync.b.example.com', '_domain-sync.none.example.com', '_domain-sync.*.example.com', 'shop.example.com', '12',
        ];
        $said = $world->run('
            echo json_encode(RunCloud\lookup_txt(' . var_export($names, true) . '));
        ')->json();

        self::assertEquals($names, array_keys($said));
        self::assertSame(['proof', 'two strings', str_repeat('long', 150), "no \u{fffd} UTF-8"], $said[$names[0]]['records']);
        self::assertSame('_domain-sync.shop.example.com', $said[$names[0]]['name']);
        self::assertSame([["\u{fc}"], ['_domain-sync.xn--bcher-kva.example']], [$said[$names[1]]['records'], $said[$names[1]]['aliases']]);
        self::assertSame([["\u{fc}"], '_domain-sync.xn--bcher-kva.example'], [$said[$names[2]]['records'], $said[$names[2]]['name']]);
        self::assertSame(['of the host'], $said['shop.example.com']['records']);
        self::assertSame(
            ['found', 'found', 'found', 'refused', 'failed', 'none', 'none', 'found', 'none'],
            array_column($said, 'outcome')
        );
        self::assertSame(
            [null, null, null, 'refused', 'server-failure', 'no-such-name', 'not-a-host', null, 'not-a-host'],
            array_column($said, 'detail')
        );
        self::assertSame(['zone', 'zone', 'zone', null, null, 'zone', null, 'zone', null], array_column($said, 'source'));
    }

    public function testWhatIsNoStringOrNoUtf8IsAnsweredAndNothingIsAsked(): void
    {
        $said = Php::run('
            $said = RunCloud\lookup_txt(["a" => null, "_a.\xff.example", 1.5, [], new stdClass, "_a.\0.example"]);
            foreach ($said as $name => $answer) {
                echo bin2hex($name), " ", $answer::class, " $answer->outcome $answer->detail $answer->name\n";
            }
            var_dump($said["_a.\xff.example"] == unserialize(serialize($said["_a.\xff.example"])));
        ')->output;

        $answer = DnsAnswer::class . ' none not-a-host ';
        $names = ['', bin2hex("_a.\xff.example"), bin2hex("_a.\0.example")];
        self::assertSame(implode('', array_map(static fn (string $name): string => "{$name} {$answer}\n", $names)) . "bool(true)\n", $said);
    }

    public function testWhatThereIsNoTimeForIsTooLate(): void
    {
        $world = new SmallWorld([
            'zones' => ['example.com' => ['servers' => ['127.0.1.1']]],
            'faults' => ['example.com NS' => 'silence'],
        ]);
        $said = $world->run('
            $names = array_map(fn ($number) => "_a.shop{$number}.example.com", range(0, 299));
            $said = RunCloud\lookup_txt($names, 0.2);
            $short = array_map(fn ($answer) => "$answer->outcome $answer->detail", $said);
            echo json_encode([count($said), array_values(array_unique($short))]);
        ')->json();

        self::assertSame([300, ['too-late deadline']], $said);
    }

    public function testAWorldThatCannotBeReadIsNamed(): void
    {
        $result = Php::run(
            'try { RunCloud\lookup_txt([]); } catch (Throwable $e) { echo json_encode([$e::class, $e->getMessage()]); }',
            ['runcloud.inspect_world' => 'dns=x']
        )->json();

        self::assertSame(ConfigurationException::class, $result[0]);
        self::assertStringContainsString('runcloud.inspect_world', $result[1]);
    }

    public function testAClassThatAnApplicationHasDeclaredIsNamed(): void
    {
        $thrown = Php::run('
            eval("namespace RunCloud; class DnsAnswer {}");
            try { RunCloud\lookup_txt(["x"]); } catch (Throwable $e) { echo $e::class; }
        ')->output;

        self::assertSame(ConfigurationException::class, $thrown);
    }

    /** @dataProvider badArguments */
    public function testBadArgumentsArePhpsOwnErrors(string $class, string $message, callable $call): void
    {
        try {
            $call();
            self::fail('Nothing was thrown.');
        } catch (\Error $e) {
            self::assertSame([$class, "RunCloud\\lookup_txt(): Argument {$message}"], [$e::class, $e->getMessage()]);
        }
    }

    /** @return iterable<string, array{class-string, string, callable}> */
    public static function badArguments(): iterable
    {
        $call = static fn (mixed ...$arguments): callable => static fn (): array => \RunCloud\lookup_txt(...$arguments);
        yield [\TypeError::class, '#1 ($names) must be of type array, string given', $call('a.example')];
        yield [\TypeError::class, '#1 ($names) must be of type array, null given', $call(null)];
        foreach ([0.0, 0.09, 600.1, -1.0, NAN, INF] as $bad) {
            yield [\ValueError::class, '#2 ($deadline) must be between 0.1 and 600', $call([], $bad)];
        }
        yield [\TypeError::class, '#2 ($deadline) must be of type float, string given', $call([], deadline: '3')];
    }

    public function testNoNamesAreNoAnswers(): void
    {
        self::assertSame([], \RunCloud\lookup_txt([]));
    }
}
