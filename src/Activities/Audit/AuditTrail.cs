using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;

namespace Relief.Flow.Activities.Audit;

/// <summary>Writes who did what into the chain of the object it was done to (3.0.5, INV-25).</summary>
public static class AuditTrail
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,   // it is read by people, and never put into a page unescaped
        Converters = { new JsonStringEnumConverter() }
    };

    /// <summary>Appends an event.</summary>
    /// <param name="context">The open unit of work.</param>
    /// <param name="subject">The chain, e.g. <c>case:…</c>; see <see cref="Case"/>.</param>
    /// <param name="detail">What was done and what to keep of it; never an ID number, never a diagnosis.</param>
    /// <param name="deed">Who and when.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    public static async Task Audit(
        this ReliefDbContext context, string subject, AuditDetail detail, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord("audit:" + subject, cancellationToken);
        var last = await context.Set<AuditEvent>().Where(row => row.Subject == subject)
            .OrderByDescending(row => row.Sequence).Select(row => new { row.Sequence, row.Hash }).FirstOrDefaultAsync(cancellationToken);
        var sequence = (last?.Sequence ?? 0) + 1;
        var previous = last?.Hash ?? "";
        var json = JsonSerializer.Serialize(detail.Value, Readable);
        var one = new AuditEvent
        {
            Id = deed.NewId(),
            Subject = subject,
            Sequence = sequence,
            What = detail.What,
            Detail = json,
            DoneBy = deed.By,
            DoneAt = deed.At,
            PreviousHash = previous,
            Hash = ""
        };
        await context.Insert(one with { Hash = HashOf(one) }, cancellationToken);
    }

    /// <summary>The hash that an event must have, by what it says and by the hash before it.</summary>
    public static string HashOf(AuditEvent one) =>
        Chain(one.PreviousHash, one.Subject, one.Sequence, one.What, one.Detail, one.DoneBy, one.DoneAt.ToUnixTimeMilliseconds());

    /// <summary>The chain of a case: everything that happens to it and to its needs, orders and records.</summary>
    public static string Case(string caseId) => "case:" + caseId;

    /// <summary>The hash over the one before and this entry's values, as lower-case hexadecimal SHA-256.</summary>
    public static string Chain(string previous, params object?[] values)
    {
        var text = string.Join('\n', values.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture)).Prepend(previous));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
