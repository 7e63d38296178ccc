using static Relief.Flow.Activities.Staff.ReliefRoles;

namespace Relief.Flow.Activities.Seed;

/// <summary>The example county's staff: id, name, unit, area, roles.</summary>
internal static class ExampleStaff
{
    public static IReadOnlyList<(string Id, string Name, string Unit, string Area, string[] Roles)> All { get; } =
    [
        ("county-officer-1", "唐某某", "county-bureau", "999900", [CountyOfficer, SpotCheckInspector, AgentSupervisor]),
        ("county-officer-2", "宋某某", "county-bureau", "999900", [CountyOfficer, Surveyor]),
        ("county-finance-1", "韩某甲", "county-bureau", "999900", [CountyFinance]),
        ("county-finance-2", "杨某甲", "county-bureau", "999900", [CountyFinance]),
        ("clerk-1", "周某甲", "township-a", "999901", [ReliefClerk]),
        ("clerk-2", "冯某甲", "township-a", "999901", [ReliefClerk]),
        ("reviewer-li", "李某某", "township-a", "999901", [TownshipReviewer]),
        ("township-reviewer-1", "何某甲", "township-a", "999901", [TownshipReviewer, PrivacyReviewer]),
        ("settlement-clerk-1", "许某甲", "township-a", "999901", [SettlementClerk]),
        ("settlement-clerk-2", "吕某甲", "township-a", "999901", [SettlementClerk]),
        ("surveyor-qian", "钱某某", "village-1", "99990101", [VillageWorker, Surveyor]),
        ("surveyor-sun", "孙某某", "township-a", "999901", [Assistant, Surveyor]),
        ("zhao-nephew", "赵某甲", "township-a", "999901", [Assistant, Surveyor]),
        ("surveyor-zhou", "周某某", "township-a", "999901", [Assistant, Surveyor]),
        ("village-worker-2", "沈某甲", "village-2", "99990102", [VillageWorker, Surveyor]),
        ("clerk-b", "蒋某甲", "township-b", "999902", [ReliefClerk, SettlementClerk]),
        ("reviewer-b", "尤某甲", "township-b", "999902", [TownshipReviewer]),
        ("village-worker-3", "秦某甲", "village-3", "99990201", [VillageWorker, Surveyor]),
        ("supplier-a", "施某甲", "PV-A", "999900", [SupplierLead]),
        ("supplier-b", "张某乙", "PV-B", "999900", [SupplierLead]),
        ("worker-a1", "吴某某", "PV-A", "999900", [SupplierWorker]),
        ("worker-a2", "郑某甲", "PV-A", "999900", [SupplierWorker]),
        ("worker-b1", "王某甲", "PV-B", "999900", [SupplierWorker]),
        ("operator-1", "孔某甲", "county-bureau", "999900", [Operator, Administrator]),
        ("auditor-1", "曹某甲", "county-bureau", "999900", [Auditor])
    ];
}
