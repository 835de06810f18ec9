<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\Kind;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;
use RunCloud\Test\WordPress\Support\World;

/**
 * A renewal that did not happen is noticed while there is time, and ordered: by the share of life that is left, or because the issuer says so.
 */
final class RenewalsTest extends NetworkTestCase
{
    private const HOST = 'shop.example';

    /** Runs the queue while an issuer answers; the addresses that were asked. */
    private const RUN = '$asked = [];
        add_filter("domain_sync_acme_directory", fn ($directory, $issuer) =>
            str_contains($issuer, "World Root") ? "https://acme.example/directory" : $directory, 10, 2);
        add_filter("pre_http_request", function ($answer, $arguments, $url) use (&$asked, $window) {
            if (!str_starts_with($url, "https://acme.example/")) { return $answer; }
            $asked[] = $url;
            if ($window === null) { return new WP_Error("http_request_failed", "Silence."); }
            $body = str_ends_with($url, "/directory") ? ["renewalInfo" => "https://acme.example/renewal-info"] : ["suggestedWindow" => $window];
            $response = ["code" => 200, "message" => ""];
            return ["headers" => [], "body" => json_encode($body), "response" => $response, "cookies" => [], "filename" => null];
        }, 20, 3);
        do_action("action_scheduler_run_queue", "WP Cron");
        return $asked;';

    private World $world;

    protected function setUp(): void
    {
        parent::setUp();
        WordPress::run('update_network_option(null, "test_looks", 1);');
        $this->world = new World([self::HOST => World::HERE]);
        $this->network->map(self::HOST);
        $this->network->runQueue();
        self::assertSame(['ready', 'certificate-covers'], $this->certificate());
        $this->panel->simulator->clearHistory();
    }

    protected function tearDown(): void
    {
        unset($this->world);
        parent::tearDown();
    }

    public function testACertificateThatIsToBeRevokedIsOrderedAnewAtOnceAndTheIssuerIsAskedOnceADay(): void
    {
        $asked = $this->lookAgain($this->window(-3, -2));
        self::assertCount(2, $asked);
        self::assertMatchesRegularExpression('~^https://acme\.example/renewal-info/[\w-]+\.[\w-]+$~', $asked[1]);
        self::assertCount(1, preg_grep('~^PUT ssl~', $this->panel->requests()));
        self::assertSame(['pending', 'order-under-way'], $this->certificate());
        $this->network->letTimePass(660);
        $this->runQueue($this->window(-3, -2));
        self::assertSame(['pending', 'order-under-way'], $this->certificate(), 'It is ordered once more');
        self::assertCount(2, preg_grep('~^PUT ssl~', $this->panel->requests()));
        $this->network->letTimePass(660);
        $this->runQueue($this->window(-3, -2));
        self::assertSame(['action', 'renewal-late'], $this->certificate());
        self::assertSame([], $this->lookAgain($this->window(-3, -2)), 'What is known is not asked again');
        self::assertCount(2, preg_grep('~^PUT ssl~', $this->panel->requests()));
        $this->world->change([self::HOST => World::HERE], ['certificates' => [self::HOST => 'tls12']]);
        $this->lookAgain($this->window(40, 50));
        self::assertSame(['ready', 'certificate-covers'], $this->certificate());
    }

    public function testAWindowAsAlwaysLeavesTheRenewalToRunCloud(): void
    {
        self::assertCount(2, $this->lookAgain($this->window(48, 50)));
        self::assertSame(['ready', 'certificate-covers'], $this->certificate());
        self::assertCount(1, $this->lookAgain($this->window(48, 50)), 'The directory is known for a week');
        self::assertSame([], $this->panel->changes());
    }

    public function testAnIssuerThatDoesNotAnswerSaysNothingAndIsLeftAloneForAnHour(): void
    {
        self::assertCount(1, $this->lookAgain(null));
        self::assertSame([], $this->lookAgain($this->window(-3, -2)));
        self::assertSame(['ready', 'certificate-covers'], $this->certificate());
        $this->network->letTimePass(3700);
        self::assertCount(2, $this->lookAgain($this->window(-3, -2)));
    }

    public function testOtherIssuersThanLetsEncryptAreNotAsked(): void
    {
        $asked = WordPress::run(
            '$asked = [];
            add_filter("pre_http_request", function ($answer, $arguments, $url) use (&$asked) { $asked[] = $url; return $answer; }, 20, 3);
            $GLOBALS["wpdb"]->query("UPDATE wp_domain_sync_domains SET look_at = UTC_TIMESTAMP()");
            do_action("action_scheduler_run_queue", "WP Cron");
            return $asked;'
        );
        self::assertSame([], preg_grep('~acme|letsencrypt~', $asked));
    }

    /** @param array<string, string>|null $window */
    private function lookAgain(?array $window): array
    {
        Environment::get()->sql('UPDATE wp_domain_sync_domains SET look_at = UTC_TIMESTAMP(); SELECT 1');

        return $this->runQueue($window);
    }

    /**
     * @param array<string, string>|null $window
     *
     * @return list<string>
     */
    private function runQueue(?array $window): array
    {
        return WordPress::run(self::RUN, ['window' => $window], Kind::Ajax);
    }

    /** @return array<string, string> */
    private function window(int $start, int $end): array
    {
        return ['start' => gmdate('Y-m-d\TH:i:s\Z', time() + $start * 86400), 'end' => gmdate('Y-m-d\TH:i:s\Z', time() + $end * 86400)];
    }

    /** @return array{string, string} */
    private function certificate(): array
    {
        $row = $this->network->domain(self::HOST);

        return [$row['certificate_status'], $row['certificate_reason']];
    }
}
