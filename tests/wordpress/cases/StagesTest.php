<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;
use RunCloud\Test\WordPress\Support\World;

/**
 * Ultimate Multisite's stages and our conditions do not contradict each other for longer than a day.
 */
final class StagesTest extends NetworkTestCase
{
    private const HOST = 'shop.example';

    private World $world;

    protected function setUp(): void
    {
        parent::setUp();
        WordPress::run('update_network_option(null, "test_looks", 1);');
        $this->world = new World();
    }

    protected function tearDown(): void
    {
        unset($this->world);
        parent::tearDown();
    }

    public function testARecordThatWasGivenUpComesToLifeWhenDnsAndCertificateComeADayLater(): void
    {
        $this->network->map(self::HOST);
        $this->network->runQueue();
        $this->setStage('failed');
        $this->network->letTimePass(90000);
        $this->network->runQueue();
        self::assertSame(['failed', 'dns-none'], [$this->stage(), $this->reason('domain')]);
        $this->serve('self-signed');
        $this->pass(3600);
        self::assertSame(['checking-ssl-cert', 'order-under-way'], [$this->stage(), $this->reason('certificate')]);
        $this->setStage('ssl-failed');
        $this->pass(660);
        self::assertSame('ssl-failed', $this->stage(), 'There is no certificate yet');
        $this->serve('good');
        $this->certify();
        $this->pass(90000);
        $this->pass(61);
        self::assertSame(['done', 'certificate-covers'], [$this->stage(), $this->reason('certificate')]);
    }

    /** @return array<string, array{string}> */
    public static function givenUp(): array
    {
        return ['for its DNS' => ['failed'], 'for its certificate' => ['ssl-failed']];
    }

    /** @dataProvider givenUp */
    public function testARecordThatIsGivenUpAfterWeFoundItRightIsTakenUpTheNextDay(string $stage): void
    {
        $this->serve('good');
        $this->network->map(self::HOST);
        $this->network->runQueue();
        self::assertSame(['served', 'certificate-covers'], [$this->reason('domain'), $this->reason('certificate')]);
        $this->setStage($stage);
        $this->pass(61);
        self::assertSame($stage, $this->stage());
        $this->certify();
        $this->pass(86400);
        $this->pass(61);
        self::assertSame('done', $this->stage());
    }

    /** @return array<string, array{string, string}> What Ultimate Multisite's page did to the record, and what our row says; whether it is active then. */
    public static function switches(): array
    {
        return ['saved while it was checked' => ['', '1'], 'its host was declined' => ['declined', '0']];
    }

    /** @dataProvider switches */
    public function testARecordThatPassesTheChecksIsActive(string $hold, string $active): void
    {
        $this->serve('good');
        $this->certify();
        $id = $this->network->map(self::HOST);
        // As Ultimate Multisite's page saves it: the switch is not to be used in this stage, and counts as off.
        WordPress::run(
            '$domain = wu_get_domain($id); $domain->set_active(false); $domain->set_stage("checking-dns"); $domain->save();',
            ['id' => $id]
        );
        Environment::get()->sql("UPDATE wp_domain_sync_domains SET hold = '{$hold}'; SELECT 1");
        $this->network->pointDns(self::HOST);
        $this->pass(61);
        $this->pass(61);
        self::assertSame('done', $this->stage());
        self::assertSame($active, Environment::get()->sql("SELECT active FROM wp_wu_domain_mappings WHERE id = {$id}")[0]['active']);
        $this->network->walk();
        self::assertSame($hold === '' ? '0' : '1', $this->network->domain(self::HOST)['suspended']);
    }

    public function testWhateverEndsTheChecksWithinTheJobTheRecordIsActive(): void
    {
        $id = $this->network->map(self::HOST);
        WordPress::run(
            '$domain = wu_get_domain($id); $domain->set_active(false); $domain->set_stage("checking-ssl-cert"); $domain->save();
            add_action("wu_async_process_domain_stage", function ($id): void {
                $domain = wu_get_domain($id); $domain->set_stage("done"); $domain->set_secure(true); $domain->save();
            }, 5);
            do_action("wu_async_process_domain_stage", $id);',
            ['id' => $id]
        );
        $record = Environment::get()->sql("SELECT active, secure, stage FROM wp_wu_domain_mappings WHERE id = {$id}")[0];
        self::assertSame(['1', '1', 'done'], array_values($record));
    }

    public function testWhoChoosesReadyAndInactiveOnThePageIsLeftAlone(): void
    {
        $id = $this->network->map(self::HOST);
        WordPress::run('$domain = wu_get_domain($id); $domain->set_active(false); $domain->set_stage("done"); $domain->save();', ['id' => $id]);
        self::assertSame('0', Environment::get()->sql("SELECT active FROM wp_wu_domain_mappings WHERE id = {$id}")[0]['active']);
    }

    /** Ultimate Multisite finds the certificate, too. */
    private function certify(): void
    {
        if (Environment::get()->isReal()) {
            // It looks for itself.
            Environment::get()->hasInternet() || $this->markTestSkipped('The real one looks at the real Internet; INTERNET=1 gives it one.');
            return;
        }
        WordPress::run('update_network_option(null, "wu_double_ssl", [$host]);', ['host' => self::HOST]);
    }

    private function setStage(string $stage): void
    {
        WordPress::run(
            // As Ultimate Multisite's own job does it: of that we take no notice.
            'do_action("action_scheduler_before_execute", 0);
            $domain = wu_get_domain_by_domain($host); $domain->set_stage($stage); $domain->save();
            as_unschedule_all_actions("wu_async_process_domain_stage");',
            ['host' => self::HOST, 'stage' => $stage]
        );
    }

    private function stage(): string
    {
        return WordPress::run('return wu_get_domain_by_domain($host)->get_stage();', ['host' => self::HOST]);
    }

    private function reason(string $of): string
    {
        return $this->network->domain(self::HOST)["{$of}_reason"];
    }

    private function pass(int $seconds): void
    {
        $this->network->letTimePass($seconds);
        $this->network->runQueue();
    }

    private function serve(string $certificate): void
    {
        $this->world->change([self::HOST => World::HERE], ['certificates' => [self::HOST => $certificate]]);
    }
}
