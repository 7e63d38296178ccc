using System.Collections.Concurrent;
using System.Security.Claims;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Visibility;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Access;

/// <summary>What whoever asks may see: the one place that says it, for the records, the instances and the tasks.</summary>
/// <remarks>
/// A person, also one for whom an application acts, sees what the staff register says: a township its own, a supplier its own orders. A key
/// that acts for nobody sees what was started and made in its name, unless its role watches the whole county. Who came in by a signed link, and
/// all work that no request stands behind, is not limited here. What the register says is remembered for ten seconds.
/// </remarks>
internal sealed class Visibility(IHttpContextAccessor requests, ReliefDatabase database, Flows flows, TimeProvider time)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, (RecordVisibility? View, DateTimeOffset At)> _known = new(StringComparer.Ordinal);

    /// <summary>The view of the present request; null when nothing is hidden.</summary>
    /// <exception cref="InvalidOperationException">The user is known, but was not looked up: better no answer than everything.</exception>
    public RecordVisibility? Current => requests.HttpContext is not { User.Identity.IsAuthenticated: true } context ? null
        : (context.Features.Get<View>() ?? throw new InvalidOperationException("Asked before it was looked up what the user may see.")).Of;

    /// <summary>The same for the engine's own queries.</summary>
    public InstanceVisibility OfEngine => new(() => Current is { } view ? VisibleSql.Instances(view) : null, () => Current is { } view ? VisibleSql.Tasks(view) : null);

    /// <summary>Looks up what the user may see, before anything is read for them.</summary>
    public async Task LookUp(HttpContext context, CancellationToken cancellationToken) =>
        context.Features.Set(new View(context.User.Identity is { IsAuthenticated: true } ? await Of(context.User, cancellationToken) : null));

    private async Task<RecordVisibility?> Of(ClaimsPrincipal user, CancellationToken cancellationToken) =>
        user.FindFirstValue(Actor.ActingClaim) is { } acting ? await OfPerson(acting, cancellationToken)
            : Policies.Lets(user, Policies.Watch) ? null
            : user.FindFirstValue(Actor.PersonClaim) is { } person ? await OfPerson(person, cancellationToken)
            : await OfKey(user, cancellationToken);

    private async Task<RecordVisibility> OfKey(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var own = RecordVisibility.OfOwn(user.By()) with { Roles = [.. user.FindAll(ClaimTypes.Role).Select(role => Roles.InTasks(role.Value))] };
        string[] units = [.. user.FindAll(Actor.UnitClaim).Select(unit => unit.Value)];
        if (units.Length == 0)
            return own;
        await using var db = database.Reading();
        return await new VisibilityQueries(db).Within(units, own, cancellationToken);
    }

    private async Task<RecordVisibility?> OfPerson(string staffId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_known.TryGetValue(staffId, out var known) && now - known.At < Remembered)
            return known.View;

        await using var db = database.Reading();
        var view = await new VisibilityQueries(db).Of(staffId, ChinaTime.DayOf((await flows.Clock(cancellationToken)).Now), cancellationToken);
        foreach (var (old, _) in _known.Where(one => now - one.Value.At >= Remembered))
            _known.TryRemove(old, out _);
        _known[staffId] = (view, now);
        return view;
    }

    private sealed record View(RecordVisibility? Of);
}
