using System.Globalization;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Renewals;

/// <summary>Something that runs out unless it is renewed.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">The certificate, or the worker or supplier whose check or licence it is.</param>
/// <param name="Holder">Who holds it: a worker, a supplier, a helper, a volunteer.</param>
/// <param name="Unit">Whose people renew it.</param>
/// <param name="CountyCode">The county.</param>
/// <param name="ValidTo">Its last day.</param>
public sealed record Qualification(QualificationKind Kind, string Id, string Holder, string Unit, string CountyCode, DateOnly ValidTo)
{
    /// <summary>The start of its renewal: once for each last day, however often it is asked for.</summary>
    public Message Renewal
    {
        get
        {
            var key = $"renewal:{Kind}:{Id}:{ValidTo.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";
            return Message.Of(new ChildStart(InstanceIds.Of(key), "procedure.renewal", Answer.Json(new { countyCode = CountyCode, kind = Kind.ToString(), qualificationId = Id, validTo = ValidTo }), key, key));
        }
    }
}
