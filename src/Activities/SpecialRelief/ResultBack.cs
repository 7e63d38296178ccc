using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.SpecialRelief;

/// <summary>The department tells what the person gets: how much or which service, and from which day; that is a link of their relief chain (P28 step 5).</summary>
[ChangesRecords]
[Activity("Relief Linkage", "Has the department tell what the person gets.", Chinese = "结果反馈", Waits = true)]
[Outcomes("Granted", "NotGranted")]
public sealed class ResultBack : LinkageStep
{
    protected override Task<Question> Ask(LinkageScene scene, CancellationToken cancellationToken) => Task.FromResult(
        new Question("special.result", "反馈救助结果", ReliefRoles.DepartmentLiaison, scene.Linkage.UnitCode!)
        {
            Outcomes = ["Granted", "NotGranted"],
            Form =
            [
                FormField.Of("service", "救助内容", "string", "Granted"), FormField.Of("amount", "金额(元)", "number"), FormField.Of("givenOn", "给予日期", "string", "Granted"),
                FormField.Of("reason", "不予救助的理由", "string", "NotGranted")
            ],
            Data = new { scene.Linkage.PersonId, need = scene.Linkage.Need.ToString() }, DueKey = "special.result", Audience = "D"
        });

    protected override async Task<StepEnd> Decide(LinkageScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var (book, deed) = (new LinkageBook(scene.Db), scene.Deed("result", answer.By));
        if (answer.Decision == "NotGranted")
        {
            if (answer.Reason is not { Length: > 0 and <= 1000 } reason)
                return StepEnd.Not("ReasonMissing");
            await book.Answered(LinkageId, ("NotGranted", reason), deed, cancellationToken);
            return StepEnd.By("NotGranted");
        }

        var (service, amount) = (answer.Text("service"), answer.Number("amount") ?? 0);
        if (service is not { Length: > 0 and <= 200 })
            return StepEnd.Not("ServiceMissing");
        if (amount < 0 || decimal.Round(amount, 2) != amount)
            return StepEnd.Not("AmountInvalid");
        if (!DateOnly.TryParseExact(answer.Text("givenOn"), "yyyy-MM-dd", out var day) || day > ChinaTime.DayOf(scene.Context.Now).AddYears(1))
            return StepEnd.Not("DateInvalid");
        await book.Answered(LinkageId, ("Granted", null), deed, cancellationToken);
        await book.Give(MeasureOf(scene.Linkage, (service, amount, day), deed), deed, cancellationToken);
        return StepEnd.By("Granted", scene.ToPerson("special.granted"));
    }

    private static PersonMeasure MeasureOf(ReliefLinkage linkage, (string Service, decimal Amount, DateOnly Day) got, Deed deed) => new()
    {
        Id = deed.NewId(), CountyCode = linkage.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, PersonId = linkage.PersonId, UnitCode = linkage.UnitCode!, Kind = linkage.Need.ToString(),
        What = got.Service, Amount = got.Amount, GivenOn = got.Day, Source = "linkage", SourceId = linkage.Id
    };
}
