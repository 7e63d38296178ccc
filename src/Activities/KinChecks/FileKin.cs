using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Decisions;
using Relief.Flow.Activities.Kin;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.KinChecks;

/// <summary>The township files the case of a relative separately within three working days, or says that it is none (A52, P27 steps 3 to 5, dibao rule art. 11).</summary>
/// <remarks>
/// Never who is concerned: where a township has nobody else, the county files. What was declared by the member of staff cannot be said not to be so. A case that was
/// confirmed before goes on to the county, which looks at the decision again.
/// </remarks>
[ChangesRecords]
[Activity("Relief Oversight", "Has the township file the case of a relative separately.", Chinese = "亲属单独登记备案", Waits = true)]
[Outcomes("Filed", "FiledLate", "NotKin")]
public sealed class FileKin : KinStep
{
    protected override async Task<Question> Ask(KinScene scene, CancellationToken cancellationToken)
    {
        var clerks = await new StaffQueries(scene.Db).Able(ReliefRoles.ReliefClerk, scene.Case.Township, ChinaTime.DayOf(scene.Context.Now), cancellationToken);
        var isTownship = clerks.Any(clerk => clerk.Id != StaffId);
        return new Question("kin.file", "亲属单独登记备案", isTownship ? ReliefRoles.ReliefClerk : ReliefRoles.CountyOfficer, isTownship ? scene.Case.Township : scene.CountyCode)
        {
            Outcomes = ["Filed", "NotKin"],
            Form = [FormField.Of("note", "核实依据", "string", "Filed", "NotKin")],
            Data = new { scene.Filing.StaffId, scene.Filing.Relation, origin = scene.Filing.Origin.ToString(), scene.Filing.OriginId },
            Excluded = [StaffId], DueKey = "kin.file"
        };
    }

    protected override async Task<StepEnd> Decide(KinScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Text("note") is not { Length: > 0 and <= 1000 } note)
            return StepEnd.Not("NoteMissing");
        if (answer.By == StaffId)
            return StepEnd.Not("ConflictOfInterest");
        var (book, deed) = (new KinBook(scene.Db), scene.Context.DeedOf("file", answer.By));
        if (answer.Decision == "NotKin")
        {
            var declared = await new StaffQueries(scene.Db).Conflicts(scene.Filing.PersonId, [StaffId], cancellationToken);
            if (declared.Any(row => row.Relation != KinDeclaration.AgentOf))
                return StepEnd.Not("Declared");
            await book.Clear(scene.Filing.Id, note, deed, cancellationToken);
            return StepEnd.By("NotKin");
        }

        var decision = KinBook.IsDecided(scene.Case.Case.Status)
            ? await scene.Db.Set<DecisionRecord>().Where(row => row.CaseId == CaseId && row.Outcome == DecisionOutcome.Confirmed).OrderByDescending(row => row.CreatedAt).Select(row => row.Id).FirstOrDefaultAsync(cancellationToken)
            : null;
        await book.File(scene.Filing.Id, (note, decision), deed, cancellationToken);
        return StepEnd.By(decision is null ? "Filed" : "FiledLate", scene.ToCounty("kin.filed"));
    }
}
