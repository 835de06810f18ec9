<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Test\Support\ExtensionTestCase;
use RunCloud\Test\Support\Php;
use RunCloud\Test\Support\Soak;

/**
 * Random values of every type as constants: what is no id and no credential is refused, in a sentence that names the constant and
 * shows no secret. RUNCLOUD_SEED repeats the set that a failure names.
 */
final class RandomConstantsTest extends ExtensionTestCase
{
    private const SCRIPT = __DIR__ . '/support/random-constants.php';
    /** Sets of constants in one process, which keeps them all. */
    private const SETS = 10_000;

    public function testConstantsAreAnIdAndCredentialsOrAreRefusedInASentence(): void
    {
        $given = getenv('RUNCLOUD_SEED');
        $sum = ['accepted' => 0, 'refused' => 0];
        foreach ($given === false ? Soak::rounds(1, 0.05) : [1] as $ignored) {
            $seed = $given === false ? random_int(0, 0xFFFFFFFF) : (int) $given;
            $result = Php::run('', arguments: [self::SCRIPT, (string) $seed, (string) ($given === false ? self::SETS : 1)]);

            self::assertSame(['', 0], [$result->errors, $result->status], "First seed {$seed}\n{$result->output}");
            foreach ($result->json() as $what => $count) {
                $sum[$what] += $count;
            }
        }
        if ($given === false) {
            self::assertGreaterThan(100, min($sum), 'both happen often');
        }
        Soak::report("Constants: {$sum['accepted']} random sets accepted, {$sum['refused']} refused.");
        $this->assertNoRequest();
    }
}
