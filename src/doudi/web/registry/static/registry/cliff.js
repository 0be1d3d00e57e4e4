// The curves of net resources. Drawn on a canvas, whose tooltip is drawn too: the pages let no inline style through.
(function () {
  "use strict";
  var place = document.getElementById("cliff");
  var curves = JSON.parse(place.dataset.curves);
  var narrow = place.clientWidth < 560;

  function yuan(number) {
    return Number(number).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  }

  var chart = echarts.init(place, null, { renderer: "canvas" });
  chart.setOption({
    animation: false,
    color: ["#0958d9", "#8f5600"],
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 13 },
    grid: { left: 8, right: 24, top: 64, bottom: 28, containLabel: true },
    legend: { top: 0, left: 0 },
    tooltip: { trigger: "axis", renderMode: "richText", confine: true, valueFormatter: yuan },
    xAxis: { type: "value", name: place.dataset.x, nameLocation: "middle", nameGap: 28, splitNumber: narrow ? 3 : 6, max: "dataMax" },
    yAxis: { type: "value", scale: true, name: place.dataset.y, nameTextStyle: { align: "left" } },
    series: curves.map(function (curve, number) {
      return {
        name: curve.name, type: "line", showSymbol: false, data: curve.points,
        lineStyle: { type: number ? "dashed" : "solid" },
        markPoint: {
          symbol: "circle", symbolSize: 10, label: { show: false }, itemStyle: { color: "#c4161c" },
          data: curve.falls.map(function (fall) { return { coord: fall }; })
        }
      };
    })
  });
  window.addEventListener("resize", function () { chart.resize(); });
})();
