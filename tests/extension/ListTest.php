<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Domain;
use RunCloud\Test\Support\ExtensionTestCase;

final class ListTest extends ExtensionTestCase
{
    /** @dataProvider shapes */
    public function testAHundredDomainsAreListedInThreeRequests(string $pagination): void
    {
        $this->simulator()->switch(['pagination' => $pagination]);
        $expected = $this->fillDomains(99);

        $domains = $this->client()->domains();

        $this->assertRequests('GET /domains', 'GET /domains', 'GET /domains');
        self::assertSame(array_column($expected, 'name'), array_column($domains, 'name'));
        self::assertSame(array_column($expected, 'id'), array_column($domains, 'id'));
        self::assertContainsOnlyInstancesOf(Domain::class, $domains);
        self::assertTrue(array_is_list($domains));
        self::assertNotContains(true, array_column($domains, 'created'));
    }

    /** @dataProvider shapes */
    public function testTheLastPageMayBeFull(string $pagination): void
    {
        $this->simulator()->switch(['pagination' => $pagination]);
        $this->fillDomains(79);

        self::assertCount(80, $this->client()->domains());

        $this->assertRequests('GET /domains', 'GET /domains');
    }

    /** @return iterable<string, array{string}> */
    public static function shapes(): iterable
    {
        yield 'pagination' => ['pagination'];
        yield 'lastPage' => ['lastPage'];
    }

    public function testEveryPageIsAskedForOnceWithTheLargestSize(): void
    {
        $this->fillDomains(99);

        $this->client()->domains();

        $pages = [];
        foreach ($this->simulator()->history() as $request) {
            parse_str($request['query'], $query);
            self::assertSame('40', $query['perPage']);
            $pages[] = $query['page'];
        }
        sort($pages);
        self::assertSame(['1', '2', '3'], $pages);
    }

    public function testNoDomainsAreAnEmptyList(): void
    {
        $this->simulator()->setState(['domains' => []]);

        self::assertSame([], $this->client()->domains());

        $this->assertRequests('GET /domains');
    }
}
