<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Exception\InvalidDomainException;
use RunCloud\Exception\NotFoundException;
use RunCloud\Exception\ServerException;
use RunCloud\SslDeployment;
use RunCloud\SslMode;
use RunCloud\SslOutcome;
use RunCloud\Test\Support\ExtensionTestCase;

final class RedeploySslAdvancedTest extends ExtensionTestCase
{
    /** Not one that an addition ever gets here: those of additions in this process are known to the extension. */
    private const ID = 7001;

    /** @dataProvider foreignMethods */
    public function testAdvancedLeavesAForeignCertificateAlone(string $method): void
    {
        $id = $this->advanced($this->certificate(4010, $method));

        $ssl = $this->client()->redeploySsl('shop.example', domainId: $id);

        $this->assertRequests('GET /ssl/advanced', "GET /domains/{$id}", "GET /domains/{$id}/ssl");
        self::assertSame(SslOutcome::NotRenewable, $ssl->outcome);
        self::assertSame(4010, $ssl->certificateId);
    }

    /** @return iterable<string, array{string}> */
    public static function foreignMethods(): iterable
    {
        yield 'custom' => ['custom'];
        yield 'csr' => ['csr'];
    }

    public function testAdvancedInstallsTheFirstCertificateOfADomain(): void
    {
        $id = $this->advanced(null);

        $ssl = $this->client()->redeploySsl('shop.example');

        $this->assertRequests('GET /ssl/advanced', 'GET /domains', "GET /domains/{$id}/ssl", "POST /domains/{$id}/ssl");
        self::assertSame(SslOutcome::Installed, $ssl->outcome);
        self::assertSame(SslMode::Advanced, $ssl->mode);
        self::assertSame($id, $ssl->domainId);
        self::assertSame('shop.example', $ssl->domain);
        self::assertIsInt($ssl->certificateId);
        self::assertEquals([
            'advancedSSL' => true,
            'autoSSL' => false,
            'provider' => 'letsencrypt',
            'enableHttp' => false,
            'enableHsts' => false,
            'authorizationMethod' => 'http-01',
            'environment' => 'live',
        ], $this->simulator()->history()[3]['body']);
    }

    public function testAdvancedLetsEncryptIsRedeployedWithFourRequestsSinceTheDomainIdIsChecked(): void
    {
        $id = $this->advanced($this->certificate(4010));

        $ssl = $this->client()->redeploySsl('shop.example', domainId: $id);

        $this->assertRequests(
            'GET /ssl/advanced',
            "GET /domains/{$id}",
            "GET /domains/{$id}/ssl",
            "PUT /domains/{$id}/ssl/4010"
        );
        self::assertSame(SslOutcome::Redeployed, $ssl->outcome);
        self::assertSame(SslMode::Advanced, $ssl->mode);
        self::assertSame(4010, $ssl->certificateId);
        self::assertSame('letsencrypt', $ssl->method);
    }

    public function testAdvancedWithTheIdsOfAnEarlierAnswerTakesOneRequest(): void
    {
        $id = $this->advanced($this->certificate(4010));
        $first = $this->client()->redeploySsl('shop.example');
        $this->simulator()->clearHistory();

        $ssl = $this->redeployAgain($first);

        $this->assertRequests("PUT /domains/{$id}/ssl/4010");
        self::assertSame(SslOutcome::Redeployed, $ssl->outcome);
        self::assertSame(SslMode::Advanced, $ssl->mode);
        self::assertSame(4010, $ssl->certificateId);
        self::assertSame($id, $ssl->domainId);
        self::assertSame('shop.example', $ssl->domain);
    }

    public function testAdvancedWithAStaleCertificateIdLooksItUpAfresh(): void
    {
        $id = $this->advanced($this->certificate(4010));

        $ssl = $this->client()->redeploySsl('shop.example', 4999, $id);

        self::assertSame("PUT /domains/{$id}/ssl/4999", $this->requests()[0]);
        self::assertContains("PUT /domains/{$id}/ssl/4010", $this->requests());
        self::assertSame(SslOutcome::Redeployed, $ssl->outcome);
        self::assertSame(4010, $ssl->certificateId);
    }

    public function testAdvancedWithAStaleDomainIdLooksItUpAfresh(): void
    {
        $id = $this->advanced($this->certificate(4010));

        $ssl = $this->client()->redeploySsl('shop.example', 4010, 9999);

        self::assertContains("PUT /domains/{$id}/ssl/4010", $this->requests());
        self::assertSame(SslOutcome::Redeployed, $ssl->outcome);
        self::assertSame($id, $ssl->domainId);
    }

    public function testIdsOfBasicModeAreFreshenedAfterASwitchToAdvanced(): void
    {
        $id = $this->advanced($this->certificate(4010));

        $ssl = $this->client()->redeploySsl('shop.example', self::CERTIFICATE);

        self::assertSame(SslMode::Advanced, $ssl->mode);
        self::assertSame(4010, $ssl->certificateId);
        self::assertSame($id, $ssl->domainId);
    }

    public function testAdvancedNeedsADomain(): void
    {
        $this->advanced(null);

        $this->assertThrows(InvalidDomainException::class, fn () => $this->client()->redeploySsl(), 'domain');
    }

    public function testAdvancedNamesADomainThatIsNotThere(): void
    {
        $this->advanced(null);

        $e = $this->assertThrows(
            NotFoundException::class,
            fn () => $this->client()->redeploySsl('unknown.example'),
            'unknown.example'
        );

        self::assertFalse($e->isRetryable());
    }

    public function testAdvancedInstallsNoFirstCertificateForAWildcard(): void
    {
        $id = $this->putAlias('*.shop.example', self::ID);
        $this->setSsl(true, false, null);

        $this->assertThrows(
            InvalidDomainException::class,
            fn () => $this->client()->redeploySsl('*.shop.example', domainId: $id),
            '*.shop.example',
            'DNS'
        );

        $this->assertRequests('GET /ssl/advanced', "GET /domains/{$id}", "GET /domains/{$id}/ssl");
    }

    public function testAnIdOfAnotherDomainIssuesNothing(): void
    {
        $id = $this->advanced($this->certificate(4010));

        foreach ([null, 4999] as $certificateId) {
            $this->assertThrows(
                InvalidDomainException::class,
                fn () => $this->client()->redeploySsl('other.example', $certificateId, $id),
                'other.example',
                'shop.example',
                (string) $id
            );
        }

        self::assertNotContains("PUT /domains/{$id}/ssl/4010", $this->requests());
    }

    public function testAMappingTakesFourRequestsSinceTheIdOfAnAdditionIsKnown(): void
    {
        $this->setSsl(true, false, null);
        $domain = $this->client()->addDomain('shop.example');

        $ssl = $this->client()->redeploySsl('shop.example', domainId: $domain->id);

        self::assertSame(SslOutcome::Installed, $ssl->outcome);
        $place = "/domains/{$domain->id}/ssl";
        $this->assertRequests('POST /domains', 'GET /ssl/advanced', "GET {$place}", "POST {$place}");
    }

    public function testAFirstCertificateIsOrderedTwiceAtMost(): void
    {
        $this->ini('runcloud.max_retries', '5');
        $id = $this->advanced(null);
        $this->simulator()->fault('status', ['status' => 500, 'match' => ['method' => 'POST']]);

        $e = $this->assertThrows(
            ServerException::class,
            fn () => $this->client()->redeploySsl('shop.example', domainId: $id)
        );

        $orders = array_keys($this->requests(), "POST /domains/{$id}/ssl", true);
        self::assertCount(2, $orders);
        self::assertContains("GET /domains/{$id}/ssl", array_slice($this->requests(), $orders[0], $orders[1] - $orders[0]));
        self::assertSame(2, $e->getAttempts());
    }

    /** @param array<string, mixed>|null $certificate */
    private function advanced(?array $certificate): int
    {
        $id = $this->putAlias('shop.example', self::ID);
        $this->setSsl(true, false, null);
        $this->simulator()->setState(['domain_certificates' => (object) array_filter([$id => $certificate])]);

        return $id;
    }

    private function redeployAgain(SslDeployment $first): SslDeployment
    {
        return runcloud_redeploy_ssl('shop.example', $first->certificateId, $this->client(), $first->domainId);
    }
}
