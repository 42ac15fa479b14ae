import type { tuiPalette as en, tuiSearch as enSearch } from '../en/tui-palette.ts';

export const tuiPalette: typeof en = {
  kinds: {
    rollout: '发布',
    profile: '配置档案',
    visit: '到过',
    namespace: '命名空间',
    instance: '实例',
    service: '服务',
  },
  none: '没有匹配的内容。',
};

export const tuiSearch: typeof enSearch = {
  place: (text, at, of) => `/${text}  第 ${at} 处，共 ${of} 处`,
};
