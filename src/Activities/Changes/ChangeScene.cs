using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Decisions;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Changes;

/// <summary>What a step of a change works with.</summary>
/// <param name="Db">The records, in the transaction of the burst.</param>
/// <param name="Change">The change as it stands.</param>
/// <param name="Context">Time and keys of this run.</param>
public sealed record ChangeScene(ReliefDbContext Db, PersonChange Change, ActivityContext Context) : IAskedScene
{
    private static readonly OrderStatus[] Served = [OrderStatus.Active, OrderStatus.Paused];

    /// <summary>The person.</summary>
    public required Person Person { get; init; }

    /// <summary>Their open case, if there is one.</summary>
    public required Case? Case { get; init; }

    /// <summary>The township that decides.</summary>
    public required string Township { get; init; }

    /// <summary>Their orders in service, by id.</summary>
    public required IReadOnlyList<Order> Orders { get; init; }

    public string CountyCode => Change.CountyCode;

    public string Title => Case?.Number ?? Change.Id[..8];

    public string Subject => ChangeBook.Chain(Change.Id);

    /// <summary>The order with an id among those in service, or all of them.</summary>
    public IReadOnlyList<Order> Meant(string? orderId) => [.. Orders.Where(order => orderId is null || order.Id == orderId)];

    /// <summary>What notices may say: numbers and dates.</summary>
    public object Reference => new { caseNumber = Title, change = Change.Id[..8] };

    /// <summary>A notice to the township.</summary>
    public Message ToTownship(string template, object? data = null) => Tell.Unit(template, "C", Township, data ?? Reference);

    /// <summary>A notice to the person, or whoever answers for them.</summary>
    public Message ToPerson(string template, object? data = null) => Tell.Person(template, "P", Person.Id, data ?? Reference);

    /// <summary>A notice to each supplier of the orders it is about.</summary>
    public IEnumerable<Message> ToSuppliers(string template) =>
        Meant(Change.OrderId).Where(order => order.SupplierId is not null).Select(order => Tell.Unit(template, "S", order.SupplierId!, new { order = order.Id, effectiveOn = Change.EffectiveOn }));

    /// <summary>Who decides nothing here: kin of the person, and whoever surveyed or accepted the case (INV-09, E09).</summary>
    public async Task<IReadOnlyList<string>> Excluded(CancellationToken cancellationToken) => Case is { } about
        ? await new ReviewQueries(Db).Excluded(new CaseScene(about, Township, CountyCode), cancellationToken)
        : await Kin(cancellationToken);

    /// <summary>Kin of the person.</summary>
    public Task<IReadOnlyList<string>> Kin(CancellationToken cancellationToken) => new StaffQueries(Db).KinOf(Person.Id, cancellationToken);

    /// <summary>The scene of a change.</summary>
    public static async Task<ChangeScene> Of(ReliefDbContext db, string id, ActivityContext context, CancellationToken cancellationToken)
    {
        var change = await new ChangeBook(db).Get(id, cancellationToken);
        var person = await db.Set<Person>().SingleAsync(row => row.Id == change.PersonId, cancellationToken);
        return new ChangeScene(db, change, context)
        {
            Person = person,
            Case = await db.Set<Case>().FirstOrDefaultAsync(row => row.Id == change.CaseId, cancellationToken),
            Township = await new AreaQueries(db).TownshipOf(person.AreaCode, cancellationToken),
            Orders = await db.Set<Order>().Where(row => row.PersonId == person.Id && Served.Contains(row.Status)).OrderBy(row => row.Id).ToListAsync(cancellationToken)
        };
    }
}
