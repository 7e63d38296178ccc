using Relief.Flow.Activities.Placements;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;

namespace Relief.Flow.Tests.Activities;

/// <summary>The attempts to place somebody without a consent or a ground: past every activity, by bare rows.</summary>
public abstract class PlacementInvariantTests(StorageKind kind) : ReliefTest(kind)
{
    private static readonly DateOnly April = new(2026, 4, 1);

    private static Placement Nobody => new() { Id = "order-1", CountyCode = County, CreatedAt = Morning(3, 16), CreatedBy = "clerk-1", PersonId = "person-feng" };

    private static Placement Willing => Nobody with { ConsentBy = "Person", ConsentForm = "form-1", ConsentAt = Morning(3, 27) };

    public static TheoryData<string> Unlawful => ["nothing", "a medical one by the guardian alone", "a medical one by a diagnosis alone", "danger without the notice", "own consent of the guardian", "no ground named"];

    [Theory]
    [MemberData(nameof(Unlawful))]
    public async Task INV_18_nobody_is_admitted_without_a_consent_or_a_legal_ground(string attempt)
    {
        var medical = Nobody with { IsMedical = true };
        var row = attempt switch
        {
            "nothing" => Nobody,
            "a medical one by the guardian alone" => medical with { Ground = LegalGround.SelfHarmRisk, GuardianConsent = "form-2" },
            "a medical one by a diagnosis alone" => medical with { Ground = LegalGround.SelfHarmRisk, Diagnosis = "diagnosis-1" },
            "danger without the notice" => medical with { Ground = LegalGround.DangerToOthers, Diagnosis = "diagnosis-1" },
            "own consent of the guardian" => Willing with { IsMedical = true, Ground = LegalGround.OwnConsent, ConsentBy = "Guardian" },
            _ => Willing with { IsMedical = true }
        };
        Assert.False(row.MayBeAdmitted);
        await Refused("placement_lawful", db => db.Insert(row with { AdmittedOn = April, InstitutionId = "HOSP-1" }, None));
    }

    [Fact]
    public async Task INV_18_a_lawful_admission_stays_lawful_and_ends_after_it_began()
    {
        var medical = Nobody with { Id = "order-2", IsMedical = true, Ground = LegalGround.SelfHarmRisk, Diagnosis = "diagnosis-1", GuardianConsent = "form-2", AdmittedOn = April };
        Assert.True(Willing.MayBeAdmitted && medical.MayBeAdmitted);
        await Do(async db =>
        {
            await db.Insert(Willing with { AdmittedOn = April }, None);
            await db.Insert(medical, None);
            return true;
        });
        await Refused("placement_lawful", "update {placement} set consent_at = null, consent_by = null, consent_form = null where id = 'order-1'");
        await Refused("placement_lawful", "update {placement} set diagnosis = null where id = 'order-2'");
        await Refused("placement_period", "update {placement} set left_on = '2026-03-31' where id = 'order-1'");
        await Refused("placement_consent_whole", db => db.Replace(Willing with { AdmittedOn = April, ConsentForm = null }, None));
    }

    public sealed class OnSqlite() : PlacementInvariantTests(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : PlacementInvariantTests(StorageKind.PostgreSql);
}
