<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Pure;

use Domain_Sync_For_RunCloud\Network\Unicode;
use PHPUnit\Framework\TestCase;

/**
 * Host names as people write them.
 */
final class UnicodeTest extends TestCase
{
    /** @return array<string, array{string, string}> A host as the extension writes it, and with its letters outside ASCII. */
    public static function hosts(): array
    {
        $hosts = [
            ['shop.customer.example', 'shop.customer.example'],
            ['xn--bcher-kva.customer.example', 'bücher.customer.example'],
            ['xn--strae-oqa.example', 'straße.example'],
            ['xn--11b2ezcw70k.xn--11b7ah1gn.example', "क्\u{200d}ष.दुकान.example"],
            ['*.xn--bcher-kva.example', '*.bücher.example'],
            ['xn--7dv3115g.example', "文\u{20bb7}.example"],
            // Samples of RFC 3492.
            ['xn--egbpdaj6bu4bxfgehfvwxn', 'ليهمابتكلموشعربي؟'],
            ['xn--ihqwcrb4cv8a8dqg056pqjye', '他们为什么不说中文'],
            ['xn--porqu-fsa', 'porqué'],
            ['xn--ls8h', "\u{1f4a9}"],
            // What is no Punycode.
            ['xn--', ''],
            ['xn--99999999', 'xn--99999999'],
            ['xn--shop_1.example', 'xn--shop_1.example'],
        ];

        return array_column(array_map(static fn (array $case): array => [$case[0], $case], $hosts), 1, 0);
    }

    /** @dataProvider hosts */
    public function testAHostIsWrittenWithItsLetters(string $host, string $written): void
    {
        self::assertSame($written, Unicode::of($host));
    }

    public function testEveryTextEndsAndHasNoLettersOfTheNetworksOwn(): void
    {
        mt_srand(7);
        for ($i = 0; $i < 20000; $i++) {
            $label = 'xn--';
            for ($length = mt_rand(0, 59); $length > 0; $length--) {
                $label .= 'abcdefghijklmnopqrstuvwxyz0123456789-'[mt_rand(0, 36)];
            }
            self::assertStringNotContainsString('.', Unicode::of($label));
        }
    }
}
