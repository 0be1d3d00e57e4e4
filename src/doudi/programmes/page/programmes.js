(function () {
  "use strict";
  var data = JSON.parse(document.getElementById("data").textContent);
  var FONT = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif';
  var COLOURS = ["#0958d9", "#13a8a8", "#d48806", "#8c8c8c", "#722ed1", "#389e0d", "#c41d7f", "#ad6800"];

  function yuan(number) {
    return Number(number).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  }
  function draw(id, option) {
    var place = document.getElementById(id);
    if (!place) { return; }
    var chart = echarts.init(place, null, { renderer: "svg" });
    chart.setOption(Object.assign({
      animation: false, color: COLOURS, textStyle: { fontFamily: FONT, fontSize: 13 },
      grid: { left: 8, right: 24, top: 48, bottom: 8, containLabel: true }, legend: { type: "scroll", top: 0 }
    }, option));
    window.addEventListener("resize", function () { chart.resize(); });
  }

  if (data.kind === "statement") {
    draw("chart-fall", {
      legend: { show: false }, grid: { left: 8, right: 24, top: 16, bottom: 8, containLabel: true },
      xAxis: { type: "category", data: data.fall.map(function (one) { return one.name; }) },
      yAxis: { type: "value" },
      series: [
        { type: "bar", stack: "fall", silent: true, itemStyle: { color: "transparent" },
          data: data.fall.map(function (one) { return one.under; }) },
        { type: "bar", stack: "fall", label: { show: true, position: "top", formatter: function (item) { return yuan(item.value); } },
          data: data.fall.map(function (one) { return one.height; }) }
      ]
    });
    draw("chart-months", {
      tooltip: { trigger: "axis", confine: true, valueFormatter: yuan },
      xAxis: { type: "category", data: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map(function (m) { return m + "月"; }) },
      yAxis: { type: "value", name: "元" },
      series: Object.keys(data.months).map(function (name) {
        return { name: name, type: "bar", stack: "all", data: data.months[name] };
      })
    });
  }
  if (data.kind === "cliff") {
    draw("chart-cliff", {
      tooltip: { trigger: "axis", confine: true, valueFormatter: yuan },
      xAxis: { type: "value", name: "年劳动收入（元）", nameLocation: "middle", nameGap: 28 },
      yAxis: { type: "value", name: "全年净资源（元）" },
      series: data.curves.map(function (curve) {
        return { name: curve.name, type: "line", step: false, showSymbol: false, data: curve.points, markPoint: {
          symbolSize: 10, symbol: "circle", label: { show: false },
          data: curve.falls.map(function (fall) { return { coord: fall }; })
        } };
      })
    });
  }
})();
