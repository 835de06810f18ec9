<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Test\Support\FpmTestCase;
use RunCloud\Test\Support\TemporaryDirectory;

final class FpmJourneyTest extends FpmTestCase
{
    /** @dataProvider opcache */
    public function testTheFunctionsMapADomainAndRemoveItAgain(array $ini): void
    {
        $this->start(ini: $ini);

        $added = $this->answer('add', ['domain' => 'shop.example'])['result'];
        self::assertSame('shop.example', $added['name']);
        self::assertTrue($added['created']);
        self::assertSame('redeployed', $this->answer('redeploy', ['domain' => 'shop.example'])['result']['outcome']);
        self::assertTrue($this->answer('remove', ['domain' => 'shop.example', 'id' => $added['id']])['result']);

        $this->assertRequests(
            'POST /domains',
            'GET /ssl/advanced',
            'GET /ssl',
            'PUT /ssl/4001',
            "GET /domains/{$added['id']}",
            "DELETE /domains/{$added['id']}"
        );
    }

    /** @return iterable<string, array{array<string, string>}> */
    public static function opcache(): iterable
    {
        yield 'without opcache' => [[]];
        yield 'with opcache' => [['zend_extension' => 'opcache', 'opcache.enable' => '1']];
    }

    public function testPoolSettingsAreHonoured(): void
    {
        $this->start(
            pool: [
                'php_admin_value[runcloud.base_url]' => $this->simulator()->panel,
                'php_admin_value[runcloud.timeout]' => '7.5',
                'php_value[runcloud.max_retries]' => '1',
            ],
            ini: ['runcloud.base_url' => 'https://127.0.0.1:1/api']
        );

        $settings = $this->answer('ini')['result'];
        self::assertSame('7.5', $settings['runcloud.timeout']);
        self::assertSame('1', $settings['runcloud.max_retries']);
        self::assertSame($this->simulator()->panel, $settings['runcloud.base_url']);

        self::assertNull($this->answer('ping')['result']);
        $this->assertRequests('GET /ping');
    }

    public function testTwoRequestsInOneWorkerShareAConnection(): void
    {
        $this->start(['pm.max_children' => '1']);

        self::assertSame($this->answer('ping')['pid'], $this->answer('ping')['pid']);

        [$first, $second] = array_column($this->simulator()->history(), 'connection');
        self::assertSame($first, $second);
    }

    public function testTwoWorkersHaveAConnectionEach(): void
    {
        $this->start(['pm.max_children' => '2']);
        $this->simulator()->fault('slow', ['ms' => 300]);

        $calls = [$this->call('ping'), $this->call('ping')];
        [$one, $other] = [$calls[0]->wait()->json()['pid'], $calls[1]->wait()->json()['pid']];

        self::assertNotSame($one, $other);
        self::assertCount(2, array_unique(array_column($this->simulator()->history(), 'connection')));
    }

    public function testAnUncaughtExceptionIsAnErrorPageAndTheWorkerLives(): void
    {
        $this->start(['pm.max_children' => '1']);
        $pid = $this->answer('ping')['pid'];

        $answer = $this->call('throw')->wait();

        self::assertSame(500, $answer->status);
        self::assertStringContainsString('Thrown by the script.', $answer->errors);
        self::assertSame($pid, $this->answer('ping')['pid']);
    }

    public function testACallAtPreloadDoesNotHarmTheWorkers(): void
    {
        $directory = new TemporaryDirectory();
        $preload = '<?php (new RunCloud\Client(1001, 2001, "test-token"))->ping();';
        $this->start(ini: [
            'zend_extension' => 'opcache',
            'opcache.enable' => '1',
            'opcache.preload' => $directory->write('preload.php', $preload),
            'opcache.preload_user' => posix_getpwuid(posix_geteuid())['name'],
        ]);

        self::assertNull($this->answer('ping')['result']);
        self::assertNull($this->answer('ping')['result']);

        $this->assertRequests('GET /ping', 'GET /ping', 'GET /ping');
        $connections = array_column($this->simulator()->history(), 'connection');
        self::assertNotContains($connections[0], array_slice($connections, 1));
    }
}
