import type { profileForm as en, profileWelcome as enWelcome } from '../en/tui-profile.ts';

export const profileForm: typeof en = {
  titleNew: '新建配置档案',
  titleEdit: (name) => `配置档案 ${name}`,
  fields: {
    name: ['名称', '简短，例如 prod-sh'],
    servers: ['服务器', 'http://10.0.0.1:8848，多个以空格分隔'],
    namespace: ['命名空间', '命名空间 id；public 为默认'],
    group: ['分组', '留空：DEFAULT_GROUP'],
    username: ['用户', '留空：不登录'],
    passwordFrom: ['密码来源', 'env:NAME、file:PATH 或 command:…；留空：输入'],
    accessKeyFrom: ['AccessKey 来源', '用于云上托管的 Nacos，代替用户：env:NAME、file:PATH 或 command:…'],
    secretKeyFrom: ['密钥来源', 'env:NAME、file:PATH 或 command:…'],
    securityTokenFrom: ['令牌来源', '临时密钥的安全令牌：env:NAME、file:PATH 或 command:…'],
    signatureRegion: ['地域', 'v4 签名所用，例如 cn-hangzhou；留空：旧版签名'],
    contextPath: ['上下文路径', '一般为 /nacos'],
    dialect: ['接口版本', '留空：自动识别；或 v1、v3'],
    production: ['生产环境', '是：开始前须输入服务名'],
    readOnly: ['只读', '是：不能用它开始发布'],
    companions: [
      '伴随注册',
      '一同上下线：[分组@@]服务名[:端口]，* 表示任意内容，或 process、ip；多个以空格分隔',
    ],
    acceptedNodes: ['认可的节点', '可获得令牌的其他服务端节点'],
    ca: ['CA 文件', 'PEM，用于私有 CA 的 TLS'],
    cert: ['客户端证书', 'PEM'],
    key: ['客户端私钥', 'PEM'],
  },
  trial: {
    asking: '正在询问所连到的服务器…',
    reached: (product, version) => `已连到：${product} ${version}。`,
    login: {
      none: '无需登录。',
      needed: '需要登录：请填写用户，或 AccessKey。',
      done: '登录成功。',
      untried: '登录在使用该配置档案时进行。',
    },
    unsaved: (key) => `未保存的地址收不到登录信息：按 ${key('save')} 保存，使用该配置档案时再登录。`,
    'unsaved-secret': (key) =>
      `登录信息不是为此地址保存的，故不发送：按 ${key('save')} 保存，使用该配置档案时再登录。`,
    namespace: (id, others) => `没有命名空间 ${id}；已有：${others.join('、')}。`,
    namespaceThere: (id) => `命名空间 ${id} 存在。`,
  },
  yes: '是',
  no: '否',
};

export const profileWelcome: typeof enWelcome = {
  title: '欢迎',
  what: '本控制台把新版本逐个发布到 Nacos 中某服务的每个实例，不丢一个请求：下线、排空、部署、检查、上线。',
  profile: '新建配置档案：你的 Nacos 在哪里，用谁的身份。输入时即时询问，只发送读取请求。',
  sandbox: '先在沙箱里试用：本机上自带的 Nacos，带应用与流量。不触及你的任何东西，随控制台一同结束。',
  help: '任何一屏的全部按键',
  quit: '退出',
};
