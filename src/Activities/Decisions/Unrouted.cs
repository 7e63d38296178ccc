using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Decisions;

/// <summary>A need that no row fitted and that was not granted never ends in silence: what the table says begins by itself (3.2.0).</summary>
public static class Unrouted
{
    /// <summary>The start of a conference (P16) or of the linkage to special relief (P28); once for a case, however many of its needs nothing fits.</summary>
    public static Message Begin(ActivityContext context, CaseScene scene, string otherwise)
    {
        return otherwise == "P28"
            ? Message.Of(new LinkageStart(scene.Case.PersonId, "Temporary", "Review", scene.Case.Id).Child() with { CorrelationId = AuditTrail.Case(scene.Case.Id) })
            : Message.Of(new ChildStart(context.KeyFor("unrouted:" + otherwise), "procedure.conference", Answer.Json(new { caseId = scene.Case.Id, situation = "NoPolicyFits", because = "需求无适用的服务方式" }),
                AuditTrail.Case(scene.Case.Id), "conference:" + scene.Case.Id, context.SubjectId));
    }
}
