<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Test\Support\ExtensionTestCase;
use RunCloud\Test\Support\Php;
use RunCloud\Test\Support\PhpResult;
use RunCloud\Test\Support\Soak;
use RunCloud\Test\Support\TemporaryDirectory;

/**
 * What PHP processes of the command line do beside calling: fork, handle signals, start other programs, end in many ways.
 */
final class ProcessTest extends ExtensionTestCase
{
    private const CLIENT = '$client = new RunCloud\Client(1001, 2001, "test-token"); $client->ping(); ';

    public function testFamiliesOfProcessesAllCall(): void
    {
        $families = Soak::count(3, 20);
        $grown = 0;
        foreach (Soak::rounds(1, 0.1) as $round) {
            $this->simulator()->clearHistory();
            $this->assertDone($this->script('fork-tree.php', $families));
            self::assertCount(1 + 8 * $families, $this->simulator()->history(), 'every call has reached the panel');
            $grown = $round * $families;
        }
        Soak::report("Forks: {$grown} families of 8 processes, 8 calls each, all of them answered.");
    }

    public function testSignalsAndAlarmsHarmNoCall(): void
    {
        $sum = ['calls' => 0, 'signals' => 0, 'alarms' => 0];
        foreach (Soak::rounds(1, 0.08) as $ignored) {
            $told = $this->script('pestered.php', Soak::count(100, 5000))->json();

            self::assertSame($told['calls to make'], $told['succeeded']);
            self::assertGreaterThan(0, $told['signals']);
            self::assertSame($told['alarms'], $told['calls'], 'the calls of the handler succeeded too');
            self::assertSame([], $told['open threads'], 'no thread of the extension can run a handler of PHP');
            $sum['calls'] += $told['succeeded'];
            $sum['signals'] += $told['signals'];
            $sum['alarms'] += $told['alarms'];
        }
        Soak::report("Signals: {$sum['calls']} calls while {$sum['signals']} signals and {$sum['alarms']} alarms were handled.");
    }

    public function testAnAlarmDoesNotCutOffTheCallUnderWay(): void
    {
        $this->simulator()->fault('slow', ['ms' => 1300, 'match' => ['method' => 'POST']]);

        $this->assertDone(Php::run(self::CLIENT . '
            $order = [];
            pcntl_async_signals(true);
            pcntl_signal(SIGALRM, function () use (&$order) { $order[] = "alarm"; }, false);
            pcntl_alarm(1);
            if ($client->addDomain("shop.example")->created && $order === ["alarm"]) { echo "done"; }'));
        $this->assertRequests('GET /ping', 'POST /domains');
    }

    public function testOtherProgramsInheritNoConnection(): void
    {
        $this->assertDone(Php::run(self::CLIENT . '
            $own = shell_exec("ls -l /proc/" . getmypid() . "/fd");
            $inherited = shell_exec("ls -l /proc/self/fd");
            echo str_contains($own, "socket:") && !preg_match("/socket:|eventpoll|eventfd/", $inherited) ? "done" : $inherited;'));
    }

    public function testProcessesThatPhpStartsCallLikeTheirParent(): void
    {
        $this->assertDone(Php::run(self::CLIENT . '
            $command = [PHP_BINARY, "-n"];
            foreach (["extension" => "' . Php::extension() . '"] + ini_get_all("runcloud", false) as $name => $value) {
                array_push($command, "-d", "{$name}=\"{$value}\"");
            }
            $command[] = "-r";
            $command[] = "(new RunCloud\\\\Client(1001, 2001, \"test-token\"))->ping(); echo \"ok\";";
            $children = [];
            for ($i = 1; $i <= 4; $i++) {
                $children[] = [proc_open($command, [1 => ["pipe", "w"]], $pipes), $pipes[1]];
                $client->ping();
            }
            foreach ($children as [$child, $output]) {
                if (stream_get_contents($output) !== "ok" || proc_close($child) !== 0) { exit(1); }
            }
            $client->ping();
            echo "done";'));
        self::assertCount(10, $this->requests());
    }

    /** @dataProvider ends */
    public function testAProcessThatHasCalledEndsAsItWould(string $end, int $status, string $output): void
    {
        $result = Php::run(self::CLIENT . $end, ['memory_limit' => '16M', 'display_errors' => '0']);

        self::assertSame([$status, $output, ''], [$result->status, $result->output, $result->errors]);
    }

    /** @return iterable<string, array{string, int, string}> */
    public static function ends(): iterable
    {
        yield 'at the end of the script' => ['', 0, ''];
        yield 'exit' => ['exit(7);', 7, ''];
        yield 'uncaught exception' => ['throw new LogicException("no");', 255, ''];
        yield 'uncaught exception of a call' => ['(new RunCloud\Client(1, 1, "wrong"))->ping();', 255, ''];
        yield 'memory used up' => ['$text = "a"; while (true) { $text .= $text; }', 255, ''];
        yield 'a call in a shut-down function' => ['register_shutdown_function(fn () => print(gettype($client->ping())));', 0, 'NULL'];
        yield 'a call in a destructor at the end' => [
            '$GLOBALS["late"] = new class($client) {
                public function __construct(private RunCloud\Client $client) {}
                public function __destruct() { $this->client->ping(); echo "late"; }
            };',
            0,
            'late',
        ];
        yield 'a call while output is flushed' => [
            'ob_start(function ($text) use ($client) { $client->ping(); return strtoupper($text); }); echo "text";',
            0,
            'TEXT',
        ];
        yield 'a call in a call' => [
            'class Domain { public function __construct(private $client) {}
                public function __toString(): string { $this->client->ping(); return "shop.example"; } }
            echo $client->addDomain(new Domain($client))->name;',
            0,
            'shop.example',
        ];
    }

    /** @dataProvider preparations */
    public function testOpcacheOnTheCommandLineChangesNothing(array $ini): void
    {
        $directory = new TemporaryDirectory();
        $ini = str_replace('DIRECTORY', $directory->path, $ini);
        $script = $directory->write('script.php', '<?php
            const FORM = RunCloud\Redirection::NonWww;
            class Shop { public RunCloud\Redirection $form = FORM; public function __construct(public RunCloud\Client $client) {} }
            $shop = new Shop(new RunCloud\Client(1001, 2001, "test-token"));
            for ($i = 1; $i <= 100; $i++) {
                if ($shop->client->findDomain("network.example")->type !== RunCloud\DomainType::Primary) { exit(1); }
            }
            runcloud_add_domain("shop.example", true, $shop->form, $shop->client);
            echo $shop->client->removeDomain("shop.example") ? "done" : "not there";');
        $opcache = ['zend_extension' => 'opcache', 'opcache.enable_cli' => '1'];

        for ($run = 1; $run <= 2; $run++) { // the second one finds what the first one has cached
            $this->assertDone(Php::run('', $ini + $opcache, arguments: [$script]));
        }
    }

    /** @return iterable<string, array{array<string, string>}> */
    public static function preparations(): iterable
    {
        yield 'opcache' => [[]];
        yield 'tracing JIT' => [['opcache.jit' => 'tracing', 'opcache.jit_buffer_size' => '16M', 'opcache.jit_hot_loop' => '2']];
        yield 'function JIT' => [['opcache.jit' => 'function', 'opcache.jit_buffer_size' => '16M']];
        yield 'cache in files' => [['opcache.file_cache' => 'DIRECTORY', 'opcache.file_cache_only' => '1']];
    }

    public function testDisabledFunctionsAreGoneAndTheOthersWork(): void
    {
        $this->assertDone(Php::run(
            self::CLIENT . '
            foreach (["runcloud_add_domain", "runcloud_redeploy_ssl"] as $function) {
                try { $function("shop.example", client: $client); } catch (Error $e) { echo $e->getMessage(), "\n"; }
            }
            echo runcloud_remove_domain("shop.example", client: $client) ? "there" : "done";',
            ['disable_functions' => 'runcloud_add_domain,runcloud_redeploy_ssl']
        ), "Call to undefined function runcloud_add_domain()\nCall to undefined function runcloud_redeploy_ssl()\ndone");
    }

    public function testItWorksWithoutDl(): void
    {
        $this->assertDone(Php::run(self::CLIENT . 'echo "done";', ['enable_dl' => '0']));
    }

    public function testItRefusesToBeLoadedByDl(): void
    {
        $extension = new \SplFileInfo(Php::extension());
        $result = Php::run(
            "dl('{$extension->getFilename()}');",
            ['extension_dir' => $extension->getPath(), 'enable_dl' => '1'],
            extension: false
        );

        self::assertSame(255, $result->status, $result->errors);
        self::assertStringContainsString('write extension=runcloud in php.ini', $result->errors);
    }

    /** Runs a script of this directory. */
    private function script(string $name, int $argument): PhpResult
    {
        $posix = is_file(PHP_EXTENSION_DIR . '/posix.so') ? ['-d', 'extension=posix'] : [];

        return Php::run('', arguments: [...$posix, __DIR__ . '/' . $name, (string) $argument]);
    }

    private function assertDone(PhpResult $result, string $output = 'done'): void
    {
        self::assertSame([$output, '', 0], [$result->output, $result->errors, $result->status]);
    }
}
