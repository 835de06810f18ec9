<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * What the plugin relies on in the way of a domain record from "checking DNS" to "done": the double's is the real one's.
 */
final class StageRulesTest extends NetworkTestCase
{
    private const HOST = 'shop.customer.example';

    /** Looks at the record once, with a limit of one more try; what it says of itself. */
    private const CHECK = '$limits = []; $finished = [];
        add_filter("wu_async_process_domain_stage_max_tries", static function ($tries, $domain) use (&$limits) {
            $limits[] = $domain->get_domain();
            return 1;
        }, PHP_INT_MAX, 2);
        add_action("wu_domain_manager_dns_propagation_finished", static function ($domain) use (&$finished): void {
            $finished[] = $domain->get_stage();
        });
        do_action("wu_async_process_domain_stage", $id, $tries);
        return [wu_get_domain($id)->get_stage(), $limits, $finished];';

    /** @return array<string, array{int, int}> Setting, seconds. */
    public static function intervals(): array
    {
        return ['too often' => [5, 10], 'as set' => [120, 120], 'too seldom' => [900, 300]];
    }

    /** @dataProvider intervals */
    public function testDnsIsLookedAtAgainAfterTheIntervalOfTheSettings(int $setting, int $seconds): void
    {
        $this->network->setSetting('dns_check_interval', $setting);
        $id = $this->network->map(self::HOST);
        Environment::get()->sql('DELETE FROM wp_actionscheduler_actions');
        [$jobs, $wait] = WordPress::run(
            'do_action("wu_async_process_domain_stage", $id);
            $jobs = as_get_scheduled_actions(["hook" => "wu_async_process_domain_stage", "status" => "pending"]);
            return [array_map(static fn ($job) => $job->get_args(), array_values($jobs)),
                reset($jobs)->get_schedule()->get_date()->getTimestamp() - time()];',
            ['id' => $id]
        );
        self::assertSame([['domain_id' => $id, 'tries' => 1]], $jobs);
        self::assertContains($wait, [$seconds - 1, $seconds]);
    }

    public function testWithoutDnsTheRecordHasFailedAfterTheLastTry(): void
    {
        $id = $this->network->map(self::HOST);
        self::assertSame(['checking-dns', [self::HOST], []], $this->check($id, 0));
        self::assertSame(['failed', [self::HOST], []], $this->check($id, 1));
        $this->network->pointDns(self::HOST);
        self::assertSame(['failed', [self::HOST], []], $this->check($id, 2));
    }

    public function testTheEndOfDnsPropagationIsToldOnceAndTheTriesBeginAnew(): void
    {
        $id = $this->network->map(self::HOST);
        $this->network->pointDns(self::HOST);
        Environment::get()->sql('DELETE FROM wp_actionscheduler_actions');
        self::assertSame(['checking-ssl-cert', [self::HOST], ['checking-ssl-cert']], $this->check($id, 1));
        self::assertSame([['wu_async_process_domain_stage', ['domain_id' => $id, 'tries' => 0]]], $this->network->jobs('domain'));
        self::assertSame(['checking-ssl-cert', [self::HOST], []], $this->check($id, 0));
        self::assertSame(['ssl-failed', [self::HOST], []], $this->check($id, 1));
    }

    public function testTheStageKeepsARecordInactiveWhateverItsColumnSays(): void
    {
        $id = $this->network->map(self::HOST);
        $active = [];
        foreach (['checking-dns', 'checking-ssl-cert', 'failed', 'ssl-failed', 'done-without-ssl', 'done'] as $stage) {
            $this->setStage($id, $stage);
            $active[$stage] = WordPress::run('return wu_get_domain($id)->is_active();', ['id' => $id]);
            $column = Environment::get()->sql("SELECT active FROM wp_wu_domain_mappings WHERE id = {$id}")[0]['active'];
            self::assertSame('1', $column);
        }
        self::assertSame(['done-without-ssl', 'done'], array_keys($active, true, true));
        self::assertSame(['checking-dns', 'checking-ssl-cert', 'failed', 'ssl-failed'], WordPress::run(
            'return WP_Ultimo\Models\Domain::INACTIVE_STAGES;'
        ));
    }

    public function testASiteHasOnePrimaryDomainAndItsFirstReadyOneBecomesIt(): void
    {
        $site = $this->network->newSite('one');
        $primary = static fn (): array => array_column(
            Environment::get()->sql("SELECT domain FROM wp_wu_domain_mappings WHERE blog_id = {$site} AND primary_domain = 1"),
            'domain'
        );
        self::assertSame([$this->network->host('one')], $primary());
        $this->setStage($this->network->map(self::HOST, $site), 'done');
        self::assertSame([$this->network->hasRegistry() ? self::HOST : $this->network->host('one')], $primary());
        $this->setStage($this->network->map('second.customer.example', $site), 'done');
        self::assertCount(1, $primary());
    }

    public function testAHostIsMappedOnce(): void
    {
        $this->network->map(self::HOST);
        $id = $this->network->map('other.customer.example');
        $answers = WordPress::run(
            '$other = wu_get_domain($id);
            $other->set_domain($host);
            $second = wu_create_domain(["domain" => strtoupper($host), "blog_id" => 1]);
            return [is_wp_error($second), is_wp_error($other->save())];',
            ['host' => self::HOST, 'id' => $id]
        );
        self::assertSame([true, true], $answers);
    }

    /** @return array{string, list<string>, list<string>} Stage, hosts that the limit was asked for, stages when DNS was told to be right. */
    private function check(int $id, int $tries): array
    {
        return WordPress::run(self::CHECK, ['id' => $id, 'tries' => $tries]);
    }

    private function setStage(int $id, string $stage): void
    {
        WordPress::run(
            '$domain = wu_get_domain($id); $domain->set_stage($stage); $domain->save();',
            ['id' => $id, 'stage' => $stage]
        );
    }
}
