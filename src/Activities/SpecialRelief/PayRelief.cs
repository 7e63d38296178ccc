using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.SpecialRelief;

/// <summary>Temporary relief is paid against a voucher by somebody who has neither proposed nor approved it; when it cannot be paid the money is free again (P28 step 7).</summary>
[ChangesRecords]
[Activity("Relief Linkage", "Pays temporary relief against a voucher.", Chinese = "发放临时救助", Waits = true, MovesMoney = true)]
[Outcomes("Paid", "NotPaid")]
public sealed class PayRelief : LinkageStep
{
    [Input("True when the county pays.", Chinese = "由县级发放")]
    public bool ByCounty { get; init; }

    protected override Task<Question> Ask(LinkageScene scene, CancellationToken cancellationToken) => Task.FromResult(
        new Question("special.pay", "发放临时救助", ByCounty ? ReliefRoles.CountyFinance : ReliefRoles.SettlementClerk, ByCounty ? scene.CountyCode : scene.Township)
        {
            Outcomes = ["Paid", "NotPaid"],
            Form = [FormField.Of("voucher", "凭证号", "string", "Paid"), FormField.Of("reason", "未能发放的理由", "string", "NotPaid")],
            Data = new { scene.Linkage.PersonId, scene.Linkage.Amount, scene.Linkage.Purpose, scene.Linkage.AccountId },
            Excluded = [scene.Linkage.ProposedBy!, scene.Linkage.DecidedBy!], DueKey = "special.pay", Audience = ByCounty ? "K" : "C"
        });

    protected override async Task<StepEnd> Decide(LinkageScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var (linkage, book, deed) = (scene.Linkage, new LinkageBook(scene.Db), scene.Deed("pay", answer.By));
        var (isPaid, voucher) = (answer.Decision == "Paid", answer.Text("voucher"));
        if (answer.By == linkage.ProposedBy || answer.By == linkage.DecidedBy)
            return StepEnd.Not("SamePerson");
        if (isPaid ? voucher is not { Length: > 0 and <= 100 } : answer.Reason is not { Length: > 0 and <= 1000 })
            return StepEnd.Not(isPaid ? "VoucherMissing" : "ReasonMissing");
        if (await new ReservationBook(scene.Db).Settle(linkage.ReservationId!, isPaid ? scene.Subject : null, deed, cancellationToken) is not FundResult.Posted)
            return StepEnd.Not("NotPosted");
        if (!isPaid)
        {
            await book.Change(LinkageId, ("ReliefNotPaid", new { answer.Reason }), row => row with { Reason = answer.Reason }, deed, cancellationToken);
            return StepEnd.By("NotPaid", scene.ToPerson("special.refused"));
        }

        await book.Change(LinkageId, ("ReliefPaid", new { linkage.Amount, voucher }), row => row, deed, cancellationToken);
        await book.Give(new PersonMeasure
        {
            Id = deed.NewId(), CountyCode = linkage.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, PersonId = linkage.PersonId, UnitCode = ByCounty ? linkage.CountyCode : scene.Township,
            Kind = nameof(LinkageNeed.Temporary), What = linkage.Purpose!, Amount = linkage.Amount!.Value, GivenOn = ChinaTime.DayOf(deed.At), Source = "linkage", SourceId = linkage.Id
        }, deed, cancellationToken);
        return StepEnd.By("Paid", scene.ToPerson("special.granted"));
    }
}
