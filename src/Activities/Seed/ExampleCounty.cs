using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Organisations;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Activities.Suppliers;

namespace Relief.Flow.Activities.Seed;

/// <summary>An invented county to try things in: areas, staff, suppliers, prices of 2026, money of 2026, persons (scenarios.md 7.0).</summary>
/// <remarks>Everyone in it is made up; ID numbers begin with 999999, which is no region.</remarks>
public sealed class ExampleCounty(ReliefDbContext context, PersonalDataKey key)
{
    /// <summary>The county's code.</summary>
    public const string Code = "999900";

    /// <summary>The code of the city above it.</summary>
    public const string City = "9999";

    private static readonly DateOnly NewYear = new(2026, 1, 1);
    private static readonly DateOnly YearEnd = new(2026, 12, 31);

    /// <summary>Writes the county, or does nothing when it is there. One transaction: all of it or nothing.</summary>
    /// <returns>True when it was written now.</returns>
    public async Task<bool> Write(DateTimeOffset at, CancellationToken cancellationToken)
    {
        await context.LockWord("seed:" + Code, cancellationToken);
        if (await context.Set<AreaUnit>().AnyAsync(row => row.Code == Code, cancellationToken))
            return false;
        await new ParameterBook(context).WritePresets(cancellationToken);
        await Areas(cancellationToken);
        await WriteStaff(at, cancellationToken);
        await WriteCatalogue(at, cancellationToken);
        await WriteSuppliers(at, cancellationToken);
        await WriteFunds(at, cancellationToken);
        await WritePeople(at, cancellationToken);
        return true;
    }

    private async Task Areas(CancellationToken cancellationToken)
    {
        AreaUnit[] areas =
        [
            new() { Code = City, Level = AreaLevel.City, Name = "示例市" },
            new() { Code = Code, Level = AreaLevel.County, ParentCode = City, Name = "示例县" },
            new() { Code = "999901", Level = AreaLevel.Township, ParentCode = Code, Name = "甲镇" },
            new() { Code = "999902", Level = AreaLevel.Township, ParentCode = Code, Name = "乙街道" },
            new() { Code = "99990101", Level = AreaLevel.Village, ParentCode = "999901", Name = "一村" },
            new() { Code = "99990102", Level = AreaLevel.Village, ParentCode = "999901", Name = "二村" },
            new() { Code = "99990201", Level = AreaLevel.Village, ParentCode = "999902", Name = "三社区" }
        ];
        await context.InsertAll(areas, cancellationToken);
        Organisation[] organisations =
        [
            Body("city-bureau", OrganisationKind.CityBureau, City, "示例市民政局") with { CountyCode = City },
            Body("county-bureau", OrganisationKind.CountyBureau, Code, "示例县民政局"),
            Body("township-a", OrganisationKind.Township, "999901", "甲镇人民政府"),
            Body("township-b", OrganisationKind.Township, "999902", "乙街道办事处"),
            Body("village-1", OrganisationKind.VillageCommittee, "99990101", "一村村委会"),
            Body("village-2", OrganisationKind.VillageCommittee, "99990102", "二村村委会"),
            Body("village-3", OrganisationKind.VillageCommittee, "99990201", "三社区居委会"),
            Body("PV-A", OrganisationKind.Supplier, Code, "示例社工中心甲"),
            Body("PV-B", OrganisationKind.Supplier, Code, "示例服务社乙"),
            Body("INST-1", OrganisationKind.Institution, Code, "示例敬老院"),
            Body("HOSP-1", OrganisationKind.Institution, Code, "示例专科医院"),
            Body("CH-1", OrganisationKind.Charity, Code, "示例慈善会"),
            Body("TR-1", OrganisationKind.TrainingBody, Code, "示例培训学校"),
            Body("dept-health", OrganisationKind.Department, Code, "示例县卫健局"),
            Body("dept-labour", OrganisationKind.Department, Code, "示例县人社局"),
            Body("party-1", OrganisationKind.PartyBranch, "99990101", "一村党支部"),
            Body("station-1", OrganisationKind.SocialWorkStation, "999901", "甲镇社工站"),
            Body("hotline", OrganisationKind.Hotline, Code, "示例县12349救助热线"),
            Body("window-a", OrganisationKind.ReliefWindow, "999901", "甲镇社会救助服务窗口"),
            Body("relief-station-1", OrganisationKind.ReliefStation, "99990101", "一村社会救助服务站"),
            Body("contact-2", OrganisationKind.ContactPoint, "99990102", "二村社会救助联络点")
        ];
        await context.InsertAll(organisations, cancellationToken);
    }

    private async Task WriteStaff(DateTimeOffset at, CancellationToken cancellationToken)
    {
        foreach (var (id, name, unit, area, roles) in ExampleStaff.All)
        {
            await context.Insert(new StaffMember { Id = id, CountyCode = area == City ? City : Code, Name = name, UnitId = unit, AreaCode = area, Active = true }, cancellationToken);
            StaffRole[] granted = [.. roles.Select(role => new StaffRole { Id = $"{id}:{role}", StaffId = id, Role = role, AreaCode = area, ValidFrom = NewYear })];
            await context.InsertAll(granted, cancellationToken);
        }

        await context.Insert(
            new KinDeclaration { Id = "kin-1", StaffId = "zhao-nephew", PersonId = "person-zhao", Relation = "kin", DeclaredAt = at }, cancellationToken);
    }

    private async Task WriteCatalogue(DateTimeOffset at, CancellationToken cancellationToken)
    {
        var book = new CatalogueBook(context);
        var proposer = new Deed("township-reviewer-1", at, "seed");
        var approver = new Deed("county-officer-1", at, "seed");
        foreach (var (item, price) in ExampleCatalogue.All)
        {
            await book.Propose(item, proposer, cancellationToken);
            await book.ApproveItem(item.Code, approver, cancellationToken);
            if (price is not { } yuan)
                continue;
            var version = new PriceVersion
            {
                Id = $"v2026-1:{item.Code}",
                CountyCode = Code,
                CreatedAt = at,
                CreatedBy = proposer.By,
                ItemCode = item.Code,
                AreaCode = Code,
                Price = yuan,
                ValidFrom = NewYear,
                Document = "示例民政〔2026〕1号",
                Label = "v2026-1",
                Status = CatalogueStatus.Proposed
            };
            await book.ProposePrice(version, proposer, cancellationToken);
            await book.ApprovePrice(version.Id, approver, cancellationToken);
        }
    }

    private async Task WriteSuppliers(DateTimeOffset at, CancellationToken cancellationToken)
    {
        string[] homeItems = [.. ExampleCatalogue.All.Where(entry => entry.Price is not null && entry.Item.Code != ExampleCatalogue.BedDay).Select(entry => entry.Item.Code)];
        await Supplier("PV-A", "示例社工中心甲", homeItems, [Code], 4.8m, at, cancellationToken);
        await Supplier("PV-B", "示例服务社乙", homeItems, [Code], 4.5m, at, cancellationToken);
        await Supplier("INST-1", "示例敬老院", [ExampleCatalogue.BedDay], [Code], 4.6m, at, cancellationToken);
        await Supplier("HOSP-1", "示例专科医院", [], [Code], 4.6m, at, cancellationToken);   // asked by the health department, never chosen by item
        foreach (var (id, supplier, name) in new[] { ("worker-a1", "PV-A", "吴某某"), ("worker-a2", "PV-A", "郑某甲"), ("worker-b1", "PV-B", "王某甲") })
        {
            await context.Insert(new Worker
            {
                Id = id, CountyCode = Code, CreatedAt = at, CreatedBy = "seed", SupplierId = supplier, Name = name, Active = true, BackgroundCheckedOn = NewYear
            }, cancellationToken);
            await context.Insert(new WorkerTraining
            {
                Id = id + ":care", WorkerId = id, Course = ExampleCatalogue.Course, Certificate = "TR-1-" + id, ValidFrom = NewYear, ValidTo = YearEnd
            }, cancellationToken);
        }
    }

    private async Task WriteFunds(DateTimeOffset at, CancellationToken cancellationToken)
    {
        var book = new FundBook(context);
        var officer = new Deed("county-finance-1", at, "seed");
        var cap = new FundCap { Id = Code + "-2026", CountyCode = Code, FiscalYear = 2026, CapBase = 30_000_000, Document = "示例财社〔2026〕1号", UpdatedAt = at };
        await book.SetCapBase(cap, officer, cancellationToken);
        foreach (var (source, money) in ExampleFunds.All)
        {
            await context.Insert(source, cancellationToken);
            var account = new FundAccount
            {
                Id = $"{source.Kind}-2026", CountyCode = Code, SourceId = source.Id, Kind = source.Kind, FiscalYear = 2026, Unit = "county-bureau", SubItem = "-"
            };
            await context.Insert(account, cancellationToken);
            if (money > 0)
                await book.Allocate(account.Id, money, "示例财社〔2026〕2号", officer with { Key = "seed:" + account.Id }, cancellationToken);
        }
    }

    private async Task WritePeople(DateTimeOffset at, CancellationToken cancellationToken)
    {
        var deed = new Deed("seed", at, "seed");
        var book = new PersonBook(context, key);
        foreach (var example in ExamplePeople.All)
        {
            var person = await book.Enter(example.Entry, deed, cancellationToken);
            if (example.Category is { } category)
                await context.Insert(new ReliefIdentity
                {
                    Id = person.Id + ":identity", CountyCode = Code, CreatedAt = at, CreatedBy = "seed", PersonId = person.Id, Category = category,
                    ValidFrom = new DateOnly(2025, 1, 1), Evidence = "救助登记", Source = "relief-registry"
                }, cancellationToken);
            foreach (var (kind, level) in example.Conditions)
                await context.Insert(new PersonCondition
                {
                    Id = $"{person.Id}:{kind}", CountyCode = Code, CreatedAt = at, CreatedBy = "seed", PersonId = person.Id, Kind = kind, Level = level,
                    Evidence = "证明材料", Confidential = kind is ConditionKind.Mental or ConditionKind.Infectious
                }, cancellationToken);
        }
    }

    private static Organisation Body(string id, OrganisationKind kind, string area, string name) =>
        new() { Id = id, CountyCode = Code, Kind = kind, AreaCode = area, Name = name };

    private Task<bool> Supplier(
        string id, string name, string[] items, string[] areas, decimal rating, DateTimeOffset at, CancellationToken cancellationToken) =>
        new SupplierBook(context).List(new Supplier
        {
            Id = id,
            CountyCode = Code,
            CreatedAt = at,
            CreatedBy = "seed",
            OrganisationId = id,
            Name = name,
            Status = SupplierStatus.Active,
            Items = items,
            Areas = areas,
            Capacity = 200,
            Rating = rating,
            BankAccount = "示例银行 0000",
            ChildVetting = true,
            LicenceUntil = new DateOnly(2027, 12, 31),
            AgreementFrom = NewYear,
            AgreementTo = YearEnd
        }, new Deed("county-officer-1", at, "seed"), cancellationToken);
}
