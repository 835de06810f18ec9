<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Pure;

use Domain_Sync_For_RunCloud\Admin\Dns_Provider;
use PHPUnit\Framework\TestCase;

/**
 * Whose the DNS of a domain is, by the names of its name servers.
 */
final class DnsProviderTest extends TestCase
{
    /** @return array<string, array{string, string|null}> */
    public static function servers(): array
    {
        $servers = [
            'ns41.domaincontrol.com' => 'GoDaddy', 'NS41.DomainControl.com.' => 'GoDaddy', 'dns1.registrar-servers.com' => 'Namecheap',
            'ada.ns.cloudflare.com' => 'Cloudflare', 'dns1.bigrock.in' => 'BigRock', 'ns1.dns-parking.com' => 'Hostinger',
            'shop.mars.orderbox-dns.com' => 'OrderBox (ResellerClub, LogicBoxes and their resellers)', 'ns1.exonhost.com' => 'ExonHost',
            'dns.btcl.net.bd' => 'BTCL', 'ns1.bluehost.in' => 'Bluehost India', 'ns1.bluehost.com' => 'Bluehost',
            'ns-1234.awsdns-56.co.uk' => 'Amazon Route 53', 'ns-7.awsdns-00.com' => 'Amazon Route 53', 'ns1-01.azure-dns.com' => 'Azure DNS',
            'helium.ns.hetzner.de' => 'Hetzner', 'domaincontrol.com' => 'GoDaddy',
            '' => null, '.' => null, 'ns1.example.net' => null, 'ns1.evil-domaincontrol.com' => null, 'domaincontrol.com.evil.example' => null,
            'awsdns-1.evil.example' => null, 'cloudflare.com' => null, 'dns1.p01.nsone.net' => null, "ns1.exonhost.com\n" => null,
        ];

        return array_map(static fn (string $server): array => [$server, $servers[$server]], array_combine(array_keys($servers), array_keys($servers)));
    }

    /** @dataProvider servers */
    public function testAProviderIsKnownByTheEndOfAName(string $server, ?string $name): void
    {
        self::assertSame($name, Dns_Provider::of($server)['name'] ?? null);
    }

    public function testEachHasANameAnAddressAndEndsOfItsOwn(): void
    {
        $plugin = getenv('RUNCLOUD_PLUGIN') ?: __DIR__ . '/../../../wordpress-plugin';
        $providers = require "{$plugin}/includes/admin/dns-providers.php";
        self::assertGreaterThanOrEqual(40, count($providers));
        $names = array_column($providers, 0);
        $ends = array_merge(...array_column($providers, 2));
        self::assertSame([array_unique($names), array_unique($ends)], [$names, $ends]);
        foreach ($providers as [$name, $url, $suffixes]) {
            self::assertMatchesRegularExpression('~^https://[a-z0-9.-]+\.[a-z]+(/\S*)$~', $url, $name);
            foreach ($suffixes as $suffix) {
                self::assertMatchesRegularExpression('/^([a-z0-9-]+\.)+[a-z]+$|^[a-z]+-\*$/', $suffix);
            }
        }
    }
}
