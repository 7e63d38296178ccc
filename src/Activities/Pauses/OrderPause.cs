using Relief.Flow.Activities.Orders;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Pauses;

/// <summary>From when to when an order stood still and which visits fell away (E11, E21).</summary>
public sealed record OrderPause
{
    /// <summary>The person is in a hospital or away (E21).</summary>
    public const string NotAvailable = nameof(NotAvailable);

    /// <summary>Nobody comes without protection (E11).</summary>
    public const string Protective = nameof(Protective);

    /// <summary>A death was reported that nobody has checked yet (E02).</summary>
    public const string DeathReported = nameof(DeathReported);

    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who paused.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The order.</summary>
    public required string OrderId { get; init; }

    /// <summary>The person.</summary>
    public required string PersonId { get; init; }

    /// <summary>NotAvailable, Protective or DeathReported: never an illness.</summary>
    public required string Reason { get; init; }

    /// <summary>The visits that were cancelled.</summary>
    public required string[] VisitIds { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>All that whoever serves may know of a cause: the level of protection, or that the person is not available (SC-14).</summary>
    public static string Told(string cause) => cause == Protective ? Protective : NotAvailable;

    /// <summary>A notice to the supplier of an order; nobody where neighbours, members or volunteers help.</summary>
    internal static IEnumerable<Message> ToSupplier(Order order, string template, object said) => order.SupplierId is { } supplier ? [ActivityDeeds.Tell(template, "S", supplier, said)] : [];
}
