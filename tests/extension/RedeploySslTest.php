<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Exception\InvalidDomainException;
use RunCloud\Exception\NotFoundException;
use RunCloud\SslDeployment;
use RunCloud\SslMode;
use RunCloud\SslOutcome;
use RunCloud\Test\Support\ExtensionTestCase;

final class RedeploySslTest extends ExtensionTestCase
{
    public function testBasicLetsEncryptIsRedeployedWithThreeRequests(): void
    {
        $ssl = $this->client()->redeploySsl('shop.example');

        $this->assertRequests('GET /ssl/advanced', 'GET /ssl', 'PUT /ssl/4001');
        self::assertSame(SslOutcome::Redeployed, $ssl->outcome);
        self::assertSame(SslMode::Basic, $ssl->mode);
        self::assertSame(self::CERTIFICATE, $ssl->certificateId);
        self::assertNull($ssl->domainId);
        self::assertNull($ssl->domain);
        self::assertSame('letsencrypt', $ssl->method);
        self::assertNull($ssl->validUntil, 'what was read before the redeploy is not true any more');
    }

    public function testBasicNeedsNoDomain(): void
    {
        self::assertSame(SslOutcome::Redeployed, runcloud_redeploy_ssl(client: $this->client())->outcome);
    }

    public function testBasicWithTheIdsOfAnEarlierAnswerTakesOneRequest(): void
    {
        $first = $this->client()->redeploySsl('shop.example');
        $this->simulator()->clearHistory();

        $ssl = $this->redeployAgain($first);

        $this->assertRequests('PUT /ssl/4001');
        self::assertSame(SslOutcome::Redeployed, $ssl->outcome);
        self::assertSame(SslMode::Basic, $ssl->mode);
        self::assertSame(self::CERTIFICATE, $ssl->certificateId);
    }

    public function testBasicWithAStaleIdLooksTheCertificateUpAfresh(): void
    {
        $ssl = $this->client()->redeploySsl('shop.example', 4999);

        $this->assertRequests('PUT /ssl/4999', 'GET /ssl/advanced', 'GET /ssl', 'PUT /ssl/4001');
        self::assertSame(SslOutcome::Redeployed, $ssl->outcome);
        self::assertSame(self::CERTIFICATE, $ssl->certificateId);
    }

    public function testBasicWithoutACertificateInstallsNone(): void
    {
        $this->setSsl(false, false, null);

        $ssl = $this->client()->redeploySsl('shop.example');

        $this->assertRequests('GET /ssl/advanced', 'GET /ssl');
        self::assertSame(SslOutcome::NotInstalled, $ssl->outcome);
        self::assertSame(SslMode::Basic, $ssl->mode);
        self::assertNull($ssl->certificateId);
        self::assertNull($ssl->method);
        self::assertNull($ssl->validUntil);
    }

    /** @dataProvider foreignMethods */
    public function testBasicLeavesAForeignCertificateAlone(string $method): void
    {
        $this->setSsl(false, false, $this->certificate(4005, $method));

        $ssl = $this->client()->redeploySsl('shop.example');

        $this->assertRequests('GET /ssl/advanced', 'GET /ssl');
        self::assertSame(SslOutcome::NotRenewable, $ssl->outcome);
        self::assertSame(4005, $ssl->certificateId);
        self::assertSame($method, $ssl->method);
        self::assertSame('2027-02-01 00:00:00', $ssl->validUntil);
    }

    /** @dataProvider foreignMethods */
    public function testAdvancedLeavesAForeignCertificateAlone(string $method): void
    {
        $id = $this->advanced($this->certificate(4010, $method));

        $ssl = $this->client()->redeploySsl('shop.example', domainId: $id);

        $this->assertRequests('GET /ssl/advanced', "GET /domains/{$id}/ssl");
        self::assertSame(SslOutcome::NotRenewable, $ssl->outcome);
        self::assertSame(4010, $ssl->certificateId);
    }

    /** @return iterable<string, array{string}> */
    public static function foreignMethods(): iterable
    {
        yield 'custom' => ['custom'];
        yield 'csr' => ['csr'];
    }

    /** @dataProvider bothAdvanced */
    public function testAutomaticIsLeftToThePanel(bool $advanced): void
    {
        $this->setSsl($advanced, true, null);

        $ssl = $this->client()->redeploySsl('shop.example');

        $this->assertRequests('GET /ssl/advanced');
        self::assertSame(SslOutcome::Automatic, $ssl->outcome);
        self::assertSame(SslMode::Automatic, $ssl->mode);
        self::assertNull($ssl->certificateId);
        self::assertNull($ssl->domain);
        self::assertNull($ssl->domainId);
    }

    /** @return iterable<string, array{bool}> */
    public static function bothAdvanced(): iterable
    {
        yield 'basic' => [false];
        yield 'advanced' => [true];
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

    public function testAdvancedLetsEncryptIsRedeployedWithThreeRequestsWhenTheDomainIdIsKnown(): void
    {
        $id = $this->advanced($this->certificate(4010));

        $ssl = $this->client()->redeploySsl('shop.example', domainId: $id);

        $this->assertRequests('GET /ssl/advanced', "GET /domains/{$id}/ssl", "PUT /domains/{$id}/ssl/4010");
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
        $id = $this->putAlias('*.shop.example');
        $this->setSsl(true, false, null);

        $this->assertThrows(
            InvalidDomainException::class,
            fn () => $this->client()->redeploySsl('*.shop.example', domainId: $id),
            '*.shop.example',
            'DNS'
        );

        $this->assertRequests('GET /ssl/advanced', "GET /domains/{$id}/ssl");
    }

    public function testTheRedeployHasNoBody(): void
    {
        $this->client()->redeploySsl('shop.example', self::CERTIFICATE);

        self::assertContains($this->simulator()->history()[0]['body'], [null, '']);
    }

    /** @param array<string, mixed>|null $certificate */
    private function advanced(?array $certificate): int
    {
        $id = $this->putAlias('shop.example');
        $this->setSsl(true, false, null);
        $this->simulator()->setState(['domain_certificates' => (object) array_filter([$id => $certificate])]);

        return $id;
    }

    private function redeployAgain(SslDeployment $first): SslDeployment
    {
        return runcloud_redeploy_ssl('shop.example', $first->certificateId, $this->client(), $first->domainId);
    }
}
