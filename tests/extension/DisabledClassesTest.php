<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Test\Support\ExtensionTestCase;
use RunCloud\Test\Support\Php;

/**
 * A class that the setting disable_classes switches off is told in a sentence; nothing crashes.
 */
final class DisabledClassesTest extends ExtensionTestCase
{
    private const PRELUDE = '
        define("WU_RUNCLOUD_API_TOKEN", "test-token"); define("WU_RUNCLOUD_SERVER_ID", 1001); define("WU_RUNCLOUD_APP_ID", 2001);
        set_error_handler(function ($level, $message) { throw new ErrorException($message); });
    ';

    /** @testWith ["Domain"]
     *            ["Redirection"]
     */
    public function testANameThatTheApplicationHasTakenIsToldInASentence(string $name): void
    {
        $code = "eval('namespace RunCloud; final class {$name} {}'); "
            . 'try { runcloud_add_domain("shop.example"); } catch (RunCloud\Exception\ConfigurationException $e) { echo $e->getMessage(); }';
        $result = Php::run(self::PRELUDE . $code . ' echo " the end";');

        self::assertSame(0, $result->status, $result->errors);
        self::assertSame([], $this->simulator()->history(), 'nothing is added whose result cannot be returned');
        self::assertSame("The application declares a class RunCloud\\{$name} of its own, which is what the extension calls a result: "
            . 'rename that class. the end', $result->output);
    }

    /** @dataProvider classes */
    public function testItIsToldInASentence(string $class, string $code, string $part): void
    {
        $catch = "try { {$code} echo 'nothing'; } catch (Throwable \$e) { echo \$e->getMessage(); }";
        $result = Php::run(self::PRELUDE . $catch . ' echo " the end";', ['disable_classes' => $class]);

        self::assertSame(0, $result->status, $result->errors);
        self::assertStringContainsString($part, $result->output);
        self::assertStringEndsWith(' the end', $result->output);
    }

    /** @return iterable<string, array{string, string, string}> */
    public static function classes(): iterable
    {
        $add = 'runcloud_add_domain("shop.example");';
        yield 'a result' => ['RunCloud\Domain', $add, 'nothing'];
        yield 'the client' => ['RunCloud\Client', 'new RunCloud\Client(1, 2, "x");', 'has been disabled'];
        yield 'the client as an argument' => [
            'RunCloud\Client',
            'runcloud_add_domain("shop.example", client: @(new ReflectionClass("RunCloud\Client"))->newInstanceWithoutConstructor());',
            '',
        ];
        yield 'an exception' => ['RunCloud\Exception\NotFoundException', '(new RunCloud\Client(9, 9, "test-token"))->webApp();', '(HTTP 404)'];
        yield 'every exception' => ['RunCloud\Exception\ApiException', '(new RunCloud\Client(9, 9, "test-token"))->webApp();', '(HTTP 404)'];
        yield 'an enum' => ['RunCloud\Redirection', $add, 'nothing'];
    }
}
