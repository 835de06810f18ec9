<?php

declare(strict_types=1);

namespace RunCloud;

/**
 * A web application of a RunCloud server.
 *
 * An ordinary value: readable, comparable, serializable, fit for json_encode(). The extension makes it; your tests can make one
 * with __set_state(). The keys of the application's git webhook, which the panel sends along, are dropped.
 *
 * @link https://runcloud.io/docs/api/v3/api-8617094
 */
final readonly class WebApp
{
    /** The panel's id. */
    public int $id;

    /** Id of the server that the application is on. */
    public int $serverId;

    /** Name of the application. */
    public string $name;

    /** Directory of the application, such as "/home/runcloud/webapps/network". */
    public ?string $rootPath;

    /** Directory that the web server serves; the root path or one below it. */
    public ?string $publicPath;

    /** PHP version as the panel names it, such as "php82rc". */
    public ?string $phpVersion;

    /** Web server stack: "hybrid", "nativenginx" or "customnginx". */
    public ?string $stack;

    /** Kind of application, such as "wordpress". */
    public ?string $type;

    private function __construct()
    {
    }

    /**
     * Makes one from the values of its properties, as var_export() writes them, and for tests of your code. An enum may be given by its
     * value; what may be null may be left out.
     *
     * @param array<string, mixed> $data Values by the name of the property.
     *
     * @throws \TypeError A value is missing or of another type.
     */
    public static function __set_state(array $data): WebApp
    {
    }
}
