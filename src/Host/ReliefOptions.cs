using System.ComponentModel.DataAnnotations;
using Relief.Flow.Workflows;

namespace Relief.Flow.Host;

/// <summary>What an installation sets, in files or as environment variables (<c>Relief__Storage</c>).</summary>
public sealed class ReliefOptions : IValidatableObject
{
    public const string Section = "Relief";

    /// <summary>Which database keeps everything.</summary>
    public StorageKind Storage { get; set; } = StorageKind.Sqlite;

    /// <summary>From <c>ConnectionStrings:Relief</c>. SQLite without one keeps <c>data/relief.db</c> beside the program.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>An administrator's key. Without it the first start makes one and prints it once.</summary>
    [MinLength(20)]
    public string? BootstrapApiKey { get; set; }

    /// <summary>The folder of the definition files; relative to the program.</summary>
    [Required]
    public string DefinitionsPath { get; set; } = "definitions";

    /// <summary>The largest request body, in bytes.</summary>
    [Range(1024, 256 * 1024 * 1024)]
    public long MaxRequestBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>The largest photo or scan at a task, in bytes.</summary>
    [Range(1024, 256 * 1024 * 1024)]
    public long MaxAttachmentBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>How many requests a second each key and each user may make on one node, five times as many at once; 0 for no limit.</summary>
    [Range(0, 1_000_000)]
    public int RequestsPerSecond { get; set; } = 200;

    /// <summary>The key that seals ID numbers and the like: base64 of 32 bytes.</summary>
    public string? PersonalDataKey { get; set; }

    /// <summary>Writes the invented example county at the first start, to try things in.</summary>
    public bool SeedExample { get; set; }

    public ClockOptions Clock { get; set; } = new();

    public OutboundOptions Outbound { get; set; } = new();

    public NotificationOptions Notifications { get; set; } = new();

    /// <summary>Set by the host: a production system never stands still.</summary>
    public bool IsProduction { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Clock.Manual && IsProduction)
            yield return new ValidationResult("Relief:Clock:Manual is for tests and simulation; it is refused in Production.", [nameof(Clock)]);
        if (ConnectionString.Length == 0)
            yield return new ValidationResult("ConnectionStrings:Relief is needed for PostgreSQL.", [nameof(ConnectionString)]);
    }

    public sealed class ClockOptions
    {
        /// <summary>Business time stands still until it is advanced.</summary>
        public bool Manual { get; set; }

        /// <summary>Where it stands at the first start; now when not said. A clock that stands already is left alone.</summary>
        public DateTimeOffset? StartAt { get; set; }
    }

    public sealed class OutboundOptions
    {
        /// <summary>Whether outgoing calls may go to private and loopback addresses.</summary>
        public bool AllowPrivate { get; set; }
    }

    public sealed class NotificationOptions
    {
        /// <summary>Where notices to people are posted; null keeps them in the register only.</summary>
        public Uri? GatewayUrl { get; set; }

        /// <summary>What notices are signed with, shared with the gateway; null sends them unsigned.</summary>
        public string? Secret { get; set; }
    }
}
