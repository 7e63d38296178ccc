using Relief.Flow.Activities.Changes;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Packages;

/// <summary>The package is printed, handed over once and signed for; until then the consent may be taken back, and then there is none (E03, E20).</summary>
/// <remarks>Whoever hands it over gives the number that is printed on it: where the records have gone on since it was printed it is printed anew, so that what was handed over is what is kept as such.</remarks>
[ChangesRecords]
[Activity("Relief Dynamic", "Hands the package over to who leaves the county.", Chinese = "移交转移资料包", Waits = true)]
[Outcomes("HandedOver", "Withdrawn")]
public sealed class HandOverPackage : ChangeStep
{
    private const string HandedOver = nameof(HandedOver);

    protected override Task<StepEnd?> Begin(ChangeScene scene, CancellationToken cancellationToken) => Withdrawn(scene, cancellationToken);

    protected override async Task<Question> Ask(ChangeScene scene, CancellationToken cancellationToken)
    {
        var package = (await new PackageBook(scene.Db).Find(ChangeId, cancellationToken))!;
        return new Question("change.handOver", "打印并移交转移资料包", ReliefRoles.ReliefClerk, scene.Township)
        {
            Outcomes = [HandedOver],
            Form =
            [
                FormField.Of("checkNumber", "资料包校验号", "string", HandedOver), FormField.Of("receiver", "领取人", "string", HandedOver).OneOf("Person", "Guardian", "Place"),
                FormField.Of("receipt", "回执编号", "string", HandedOver)
            ],
            Data = new { package.Place, package.GivenBy, package.ConsentedAt, print = "/console/papers/packages/" + ChangeId },
            Excluded = await scene.Kin(cancellationToken), DueKey = "change.handOver"
        };
    }

    protected override IEnumerable<Bookmark> Also(ChangeScene scene) => [Bookmark.Event("withdrawn", PackageBook.Withdrawn(ChangeId))];

    protected override Task<StepEnd?> Hear(ChangeScene scene, Wakeup wakeup, CancellationToken cancellationToken) => Withdrawn(scene, cancellationToken);

    protected override async Task<StepEnd> Decide(ChangeScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (await Withdrawn(scene, cancellationToken) is { } withdrawn)
            return withdrawn;
        if (answer.Text("receipt")?.Trim() is not { Length: > 0 and <= 100 } receipt)
            return StepEnd.Not("ReceiptMissing");
        var book = new PackageBook(scene.Db);
        var hash = (await new PackageContents(scene.Db).Of((await book.Find(ChangeId, cancellationToken))!, cancellationToken)).Hash();
        if (answer.Text("checkNumber")?.Trim() != PackageContent.CheckNumber(hash))
            return StepEnd.Not("PackageChanged");
        return await book.HandOver(ChangeId, (answer.Text("receiver")!, receipt, hash), scene.Context.DeedOf("hand", answer.By), cancellationToken)
            ? StepEnd.By(HandedOver, scene.ToPerson("change.handedOver", new { caseNumber = scene.Title, receipt }))
            : StepEnd.By("Withdrawn");
    }

    private async Task<StepEnd?> Withdrawn(ChangeScene scene, CancellationToken cancellationToken) =>
        (await new PackageBook(scene.Db).Find(ChangeId, cancellationToken))!.MayGo ? null : StepEnd.By("Withdrawn");
}
