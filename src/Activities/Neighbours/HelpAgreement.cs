using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Pairs;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Neighbours;

/// <summary>The help agreement (PW6 step 5): the person and every helper sign, and each helper declares to take no money from the person.</summary>
/// <remarks>With it the township's subsidy of the year is started, once for all orders (P11).</remarks>
[ChangesRecords]
[Activity("Relief Neighbours", "The person and the helpers sign the help agreement.", Chinese = "互助协议", Waits = true)]
[Outcomes("Signed", "Refused")]
public sealed class HelpAgreement : OrderStep
{
    protected override async Task<Question> Ask(StepScene scene, CancellationToken cancellationToken)
    {
        var helpers = (await new PairQueries(scene.Db).Active(scene.Order.Order.Id, cancellationToken)).Select(pair => pair.HelperId).ToList();
        return new Question("help.agreement", "签订互助协议(不向服务对象收费)", ReliefRoles.ReliefClerk, scene.Order.TownshipCode)
        {
            Outcomes = ["Signed", "Refused"],
            Form =
            [
                FormField.Of("personSigner", "本人或监护人签字", "string", "Signed"), FormField.Of("helperSigners", "帮扶人签字", "array", "Signed").OneOf(helpers),
                FormField.Of("noCharge", "承诺不收费", "boolean", "Signed"), FormField.Of("reason", "原因", "string", "Refused")
            ],
            Data = new { helpers },
            WhenStopped = "Refused",
            DueKey = "agreement.sign"
        };
    }

    protected override async Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var pairs = await new PairQueries(scene.Db).Active(scene.Order.Order.Id, cancellationToken);
        if (answer.Decision == "Refused")
        {
            foreach (var pair in pairs)
                await new PairBook(scene.Db).End(pair.Id, "NotSigned", scene.Context.DeedOf("end-" + pair.HelperId, answer.By), cancellationToken);
            return StepEnd.By("Refused");
        }

        var form = FormData.Read<SignedForm>(answer.Data);
        if (form is not { NoCharge: true })
            return StepEnd.Not("NoChargeMissing");
        if (string.IsNullOrWhiteSpace(form.PersonSigner) || pairs.Any(pair => form.HelperSigners?.Contains(pair.HelperId) != true))
            return StepEnd.Not("SignatureMissing");
        foreach (var pair in pairs)
            await new PairBook(scene.Db).DeclareNoCharge(pair.Id, scene.Context.DeedOf("no-charge-" + pair.HelperId, answer.By), cancellationToken);
        await new PlanBook(scene.Db).Agree(OrderId, form.PersonSigner, scene.Context.DeedOf("agree", answer.By), cancellationToken);
        await new OrderBook(scene.Db).Move(OrderId, OrderStatus.AgreementSigned, scene.Context.DeedOf("signed", answer.By), cancellationToken);
        return StepEnd.By("Signed", Message.Of(SubsidyOf(scene.Order, ChinaTime.DayOf(scene.Context.Now).Year)));
    }

    /// <summary>Starts a township's subsidy of a year; however many orders do, it is one.</summary>
    internal static ChildStart SubsidyOf(OrderScene scene, int year)
    {
        var key = $"{scene.TownshipCode}:{year}";
        return new ChildStart(InstanceIds.Of("subsidy:" + key), "procedure.settlement.neighbour", Json(new { townshipCode = scene.TownshipCode, year }), "subsidy:" + key, "subsidy:" + key);
    }

    private sealed record SignedForm(string? PersonSigner, IReadOnlyList<string>? HelperSigners, bool NoCharge);
}
