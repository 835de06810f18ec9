<?php

declare(strict_types=1);

namespace RunCloud;

/**
 * A web application of a RunCloud server.
 *
 * An ordinary value: readable, comparable, serializable, fit for json_encode(). Only the extension makes one. The keys of the
 * application's git webhook, which the panel sends along, are dropped.
 *
 * @link https://runcloud.io/docs/api/v3/api-8617094
 */
final class WebApp
{
    /** The panel's id. */
    public readonly int $id;

    /** Id of the server that the application was asked for at. */
    public readonly int $serverId;

    /** Name of the application. */
    public readonly string $name;

    /** Directory of the application, such as "/home/runcloud/webapps/network". */
    public readonly ?string $rootPath;

    /** Directory that the web server serves; the root path or one below it. */
    public readonly ?string $publicPath;

    /** PHP version in the panel's words, such as "php82rc". */
    public readonly ?string $phpVersion;

    /** Web server stack: "hybrid", "nativenginx" or "customnginx". */
    public readonly ?string $stack;

    /** Kind of application, such as "wordpress". */
    public readonly ?string $type;

    private function __construct()
    {
    }
}
