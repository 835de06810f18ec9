<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Test\Support\FpmTestCase;

/**
 * Workers come and go while a call of theirs is under way; no call that could have worked fails, and no worker crashes.
 */
final class MidCallTest extends FpmTestCase
{
    public function testReloadsWhileCallsAreInFlightLoseNothing(): void
    {
        $fpm = $this->start();
        $this->simulator()->fault('slow', ['ms' => 200]);

        for ($round = 1; $round <= 5; $round++) {
            $this->simulator()->clearHistory();
            $calls = [
                $this->call('add', ['domain' => "one{$round}.example"]),
                $this->call('add', ['domain' => "two{$round}.example"]),
            ];
            $this->waitForRequests(2);
            $fpm->reload(function () use ($calls): void {
                foreach ($calls as $call) {
                    self::assertTrue($call->wait()->json()['result']['created']);
                }
            });
        }

        self::assertCount(11, $this->names());
    }

    public function testAWorkerKilledInMidCallHarmsNoOther(): void
    {
        $fpm = $this->start(['pm.max_children' => '2']);
        $this->expectKills(1);
        $this->simulator()->fault('slow', ['ms' => 1500, 'times' => 2]);
        $calls = [$this->call('ping'), $this->call('ping')];
        $this->waitForRequests(2);

        posix_kill($fpm->workers()[0], SIGKILL);

        $answered = 0;
        foreach ($calls as $call) {
            try {
                self::assertNull($call->wait()->json()['result']);
                $answered++;
            } catch (\RuntimeException $e) {
                self::assertSame('PHP-FPM dropped the connection.', $e->getMessage());
            }
        }
        self::assertSame(1, $answered);
        self::assertNull($this->answer('ping')['result']);
    }

    public function testAWorkerThatFpmEndsInMidCallIsReplaced(): void
    {
        $this->start(['pm.max_children' => '1', 'request_terminate_timeout' => '1s']);
        $this->expectKills(1);
        $this->simulator()->fault('slow', ['ms' => 8000, 'times' => 1]);

        try {
            $this->answer('ping');
            self::fail('the call ended by itself');
        } catch (\RuntimeException) {
            self::assertNull($this->answer('ping')['result']);
        }
    }

    public function testAStopWaitsForACallInFlight(): void
    {
        $fpm = $this->start();
        $this->simulator()->fault('slow', ['ms' => 300]);
        $call = $this->call('add', ['domain' => 'shop.example']);
        $this->waitForRequests(1);

        posix_kill($fpm->pid(), SIGQUIT);

        self::assertTrue($call->wait()->json()['result']['created']);
    }
}
